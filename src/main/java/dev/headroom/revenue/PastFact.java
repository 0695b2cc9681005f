package dev.headroom.revenue;

import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that was brought of the time before anything was recorded of an account.
 *
 * @param number       counts what was brought of it
 * @param subscription the name that it was brought under
 * @param starts       the first day on which this was paid
 * @param plan         key of the plan
 */
record PastFact(int number, String subscription, LocalDate starts, String plan, @Nullable Long seats, Fact fact) {

    /** Why something that was brought counts no more: it is recorded, and not brought. */
    static final String ENDED = "history-ended";

    private static final String CAUSE = "history:";

    static String cause(Object run) {
        return CAUSE + run;
    }

    static String anyCause() {
        return CAUSE + "%";
    }
}
