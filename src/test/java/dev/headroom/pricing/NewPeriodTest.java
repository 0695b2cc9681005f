package dev.headroom.pricing;

import static dev.headroom.pricing.Samples.APRIL;
import static dev.headroom.pricing.Samples.MID_APRIL;
import static dev.headroom.pricing.Samples.billed;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.percentOff;
import static dev.headroom.pricing.Samples.plan;
import static dev.headroom.pricing.Samples.usd;
import static dev.headroom.pricing.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.pricing.Discount.Term.Once;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

/** A new period that is asked for begins at once, whatever is on the subscription. */
class NewPeriodTest {

    private static final Item FIVE_SEATS = plan("Team", monthly(2500), 5);

    @ParameterizedTest
    @EnumSource(BillingMode.class)
    void theRestIsGivenBackAndAWholeOneChargedAlsoWhereNothingElseChanges(BillingMode mode) {
        Quotation quotation = Quotation.of(facts(mode, FIVE_SEATS, null));

        assertThat(amounts(quotation)).containsExactly(-6250L, 12500L);
        assertThat(quotation.now().lines()).extracting(InvoiceLine::kind).containsExactly(InvoiceLine.Kind.CREDIT, InvoiceLine.Kind.FULL_PERIOD);
        assertThat(quotation.dueNow()).isEqualTo(usd(6250));
        assertThat(quotation.period()).isEqualTo(new BillingAnchor(MID_APRIL).period(Interval.MONTH, 0));
        assertThat(quotation.anchor()).isEqualTo(new BillingAnchor(MID_APRIL));
        assertThat(Objects.requireNonNull(quotation.next()).at()).isEqualTo("2026-05-16T00:00:00Z");
        assertThat(quotation.growth()).isEqualTo(GrowthKind.NONE);
    }

    @Test
    void aDiscountThatHasCountedOnceDoesNotCountAgain() {
        Item once = with(FIVE_SEATS, percentOff("offer", "20", new Once()));
        assertThat(amounts(Quotation.of(facts(BillingMode.FLEXIBLE, once, null)))).as("half of 100.00 that were paid").containsExactly(-5000L, 12500L);
    }

    @Test
    void inATrialNothingIsBilledAndThePeriodIsCountedFromItsEnd() {
        Quotation quotation = Quotation.of(facts(BillingMode.FLEXIBLE, FIVE_SEATS, APRIL.until()));
        assertThat(quotation.now().lines()).isEmpty();
        assertThat(quotation.anchor()).isEqualTo(new BillingAnchor(APRIL.until()));
    }

    private static QuotationFacts facts(BillingMode mode, Item item, @Nullable Instant trialUntil) {
        return new QuotationFacts(
                MID_APRIL, mode, Proration.NEW_PERIOD, billed(APRIL, item), List.of(item), APRIL, new BillingAnchor(APRIL.from()), trialUntil, null, usd(0));
    }

    private static List<Long> amounts(Quotation quotation) {
        return quotation.now().lines().stream().map(line -> line.amount().minor()).toList();
    }
}
