package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Invoice;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.change.PlanChange;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quotes.LaterCharge;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.time.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What an account was promised for dates, until it is seen what came of it: billed then to the cent, or not at all. */
final class RandomStoriesDates {

    /** Nobody changes anything at Stripe by hand here, so that there are no other reasons than those that the account was told. */
    private static final Set<String> UNEXPLAINED = Set.of("amount_differs", "subscription_changed");

    private record Promised(long due, long total) {

        static Promised of(PlanChange change) {
            return new Promised(change.due().minor(), change.promise().total().minor());
        }
    }

    /** By quote: the change itself may not be known yet. */
    private final Map<UUID, Promised> promises = new HashMap<>();
    /** Those of them that were for a period which had not begun. */
    private final Set<UUID> later = new HashSet<>();
    /** Those that were seen between their date and their end, while nobody knows whether the later ones find them made. */
    private final Set<UUID> begun = new HashSet<>();
    /** Whether something was done, or came to nothing, of which the later promises follow without anybody being asked. */
    private boolean altered;

    void accepted(Quote quote) {
        if (quote.when() == When.AT_DATE) {
            var invoice = quote.quotation().now();
            promises.put(quote.id(), new Promised(invoice.due().minor(), invoice.total().minor()));
            if (!invoice.at().isBefore(quote.subscription().period().until())) {
                later.add(quote.id());
            }
        }
    }

    void altered() {
        altered = true;
    }

    /** What accepting a quote was said to make of what waits, it has. */
    void retold(List<LaterCharge> charges, List<PlanChange> history) {
        charges.forEach(told -> history.stream().filter(change -> change.id().equals(told.change()) && waits(change)).findFirst().ifPresent(change -> {
            Promised now = Promised.of(change);
            assertThat(now).as("promised anew for " + change.promise().date()).isEqualTo(new Promised(told.due().minor(), told.total().minor()));
            promises.put(change.promise().quote(), now);
        }));
    }

    /**
     * How those ended that have ended since.
     *
     * @param all     the changes there were; asked for where anything is promised
     * @param invoice the one of an id
     */
    List<String> ended(Supplier<List<PlanChange>> all, Function<String, Invoice> invoice, CatalogSnapshot known) {
        List<String> ended = new ArrayList<>();
        List<PlanChange> history = promises.isEmpty() ? List.of() : all.get();
        Set<UUID> altering = history.stream().filter(change -> alters(change, known)).map(change -> change.promise().quote()).collect(Collectors.toSet());
        for (Map.Entry<UUID, Promised> promised : List.copyOf(promises.entrySet())) {
            Optional<PlanChange> found = history.stream().filter(each -> each.promise().quote().equals(promised.getKey())).findFirst();
            boolean another = altered || altering.stream().anyMatch(each -> !each.equals(promised.getKey()));
            found.filter(RandomStoriesDates::waits).ifPresent(change -> waitsAsPromised(promised.getValue(), change, another));
            found.filter(change -> change.decidedAt() != null).ifPresent(change -> {
                promises.remove(promised.getKey());
                kept(another ? Promised.of(change) : promised.getValue(), change, invoice);
                ended.add((later.contains(promised.getKey()) ? "a later date" : "a date") + (change.takes().isEmpty() ? "" : " with an offer") + " ended " + change.state()
                        + (change.failureCode() == null ? "" : " for " + change.failureCode()));
            });
        }
        altered = false;
        return ended;
    }

    /** Whether what was promised beside it may be something else by it since the last look. */
    private boolean alters(PlanChange change, CatalogSnapshot known) {
        UUID quote = change.promise().quote();
        if (!promises.containsKey(quote)) {
            return false;
        }
        if (change.decidedAt() == null) {
            if (!waits(change)) {
                begun.add(quote);
            }
            return begun.contains(quote);
        }
        return begun.contains(quote) || change.state() != PlanChange.State.APPLIED || beginsPeriod(change, known);
    }

    /** Stripe begins it when it is asked, which is later than the date. */
    private static boolean beginsPeriod(PlanChange change, CatalogSnapshot known) {
        return interval(change.from(), known) != interval(change.to(), known);
    }

    private static Interval interval(SubscriptionTerms terms, CatalogSnapshot known) {
        return known.price(terms.plan(known).price()).price().interval();
    }

    private static boolean waits(PlanChange change) {
        return change.state() == PlanChange.State.SCHEDULED && change.dated();
    }

    private void waitsAsPromised(Promised promised, PlanChange change, boolean another) {
        if (another) {
            promises.put(change.promise().quote(), Promised.of(change));
        } else {
            assertThat(Promised.of(change)).as("still promised for " + change.promise().date()).isEqualTo(promised);
        }
    }

    private static void kept(Promised promised, PlanChange change, Function<String, Invoice> invoice) {
        assertThat(change.state()).as("%s %s", change.failureCode(), change.failureMessage()).isNotEqualTo(PlanChange.State.MISMATCHED);
        assertThat(UNEXPLAINED).as("why a date was not kept, %s", change.failureMessage()).doesNotContain(Objects.requireNonNullElse(change.failureCode(), ""));
        if (change.state() == PlanChange.State.APPLIED && change.invoice() == null) {
            assertThat(promised.total()).as("billed nothing at its date").isZero();
        } else if (change.state() == PlanChange.State.APPLIED) {
            Invoice billed = invoice.apply(change.invoice());
            assertThat(billed.getTotal()).as("billed at its date").isEqualTo(promised.total());
            assertThat(billed.getAmountDue()).as("taken from the card").isLessThanOrEqualTo(promised.due());
        }
    }
}
