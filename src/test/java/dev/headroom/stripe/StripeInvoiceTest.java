package dev.headroom.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripeInvoiceTest {

    private static final Instant QUOTED = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant ENDED = QUOTED.minusSeconds(4);

    @Test
    void theEndOfASubscriptionIsBilledByWhatGivesBackFromThenOnHoweverFarStripesClockIsBehind() {
        assertThat(made(ENDED, "draft", line(ENDED, true)).billsEnd(ENDED, QUOTED)).isTrue();
        assertThat(made(ENDED, "draft", line(ENDED.minusSeconds(1), true)).billsEnd(ENDED, QUOTED)).as("another second").isFalse();
        assertThat(made(ENDED, "draft", line(ENDED, false)).billsEnd(ENDED, QUOTED)).as("a whole period").isFalse();
        assertThat(made(ENDED, "void", line(ENDED, true)).billsEnd(ENDED, QUOTED)).as("void").isFalse();
    }

    @Test
    void nothingElseIsBilledOnceTheEndWasQuoted() {
        assertThat(made(QUOTED, "paid", line(QUOTED.minusSeconds(9), false)).billsEnd(ENDED, QUOTED)).isTrue();
        assertThat(made(QUOTED.minusSeconds(1), "paid", line(QUOTED.minusSeconds(9), false)).billsEnd(null, QUOTED)).isFalse();
    }

    private static StripeInvoice made(Instant at, String status, StripeInvoice.Line line) {
        return new StripeInvoice("in_1", status, "subscription_update", at, 0, 0, line.net(), 0, null, List.of(line), List.of(), false);
    }

    private static StripeInvoice.Line line(Instant from, boolean proration) {
        return new StripeInvoice.Line("il_1", "si_1", "price_1", proration, false, -500, 0, 1, new Period(from, from.plus(Duration.ofDays(3))), "Unused time", List.of(), List.of());
    }
}
