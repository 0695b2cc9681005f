package dev.headroom.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.InvoiceLine.Kind;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real previews may be one invoice over several things; what is promised is only what the change itself will bill. */
class PreviewReadingTest {

    private static final Instant FROM = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-04-16T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-05-01T00:00:00Z");
    private static final StripeInvoice.Line CREDIT = line("credit", true, false, -5_000, 0, MIDDLE, 950);
    private static final StripeInvoice.Line CHARGE = line("charge", true, false, 9_000, 1_000, MIDDLE, 1_710);
    private static final StripeInvoice.Line BY_HAND = line("by-hand", true, true, 4_200, 0, MIDDLE, 798);
    private static final StripeInvoice.Line LEFT = line("left", true, false, 300, 0, FROM, 57);
    private static final StripeInvoice.Line RENEWAL = line("renewal", false, false, 18_000, 0, UNTIL, 3_420);

    @Test
    void anInvoiceOfTheChangeAloneIsTakenAsItIs() {
        Preview preview = now(false, CREDIT, CHARGE, BY_HAND);

        assertThat(kinds(preview)).containsExactly(Kind.CREDIT, Kind.CHARGE, Kind.WAITING);
        assertThat(preview.net()).isEqualTo(usd(8_200));
        assertThat(preview.due()).as("Stripe's amount, whatever the lines are").isEqualTo(usd(123));
        assertThat(preview.invoice(MIDDLE).due()).isEqualTo(usd(123));
        assertThat(preview.lines()).allMatch(line -> line.source() == InvoiceLine.Source.STRIPE);
    }

    @Test
    void theNextRenewalOnItIsLeftOutWithItsTax() {
        Preview preview = now(false, CREDIT, CHARGE, LEFT, RENEWAL);

        assertThat(kinds(preview)).containsExactly(Kind.CREDIT, Kind.CHARGE, Kind.WAITING);
        assertThat(preview.taxes()).singleElement().isEqualTo(new Tax(usd(950 + 1_710 + 57), usd(300), false, "txr_19"));
        assertThat(preview.due()).isEqualTo(usd(-5_000 + 9_000 + 300 + 950 + 1_710 + 57 - 100));
    }

    @Test
    void aNewPeriodIsPartOfTheChange() {
        assertThat(kinds(now(true, CREDIT, RENEWAL))).containsExactly(Kind.CREDIT, Kind.FULL_PERIOD);
    }

    @Test
    void whatWaitsIsBilledByNoChangeThatBillsNothingItself() {
        assertThat(now(false, BY_HAND, LEFT, RENEWAL)).isEqualTo(new Preview(List.of(), List.of(), usd(-77), usd(0), false));
    }

    @Test
    void theNextPeriodTakesWhatWaitsUnlessItIsBilledBefore() {
        assertThat(kinds(period(false, BY_HAND, RENEWAL))).containsExactly(Kind.WAITING, Kind.FULL_PERIOD);
        assertThat(kinds(period(true, BY_HAND, RENEWAL))).containsExactly(Kind.FULL_PERIOD);
        assertThat(period(true, BY_HAND, RENEWAL).taxes()).singleElement().extracting(Tax::amount).isEqualTo(usd(3_420));
        assertThat(period(true, BY_HAND, RENEWAL).drawingOn(usd(-1_000)).due()).isEqualTo(usd(18_000 + 3_420 - 1_000));
    }

    @Test
    void whatIsUsedUntilThenIsNotInTheNextPeriod() {
        StripeInvoice.Line used = new StripeInvoice.Line(
                "used", "si_2", "price_metered", false, false, 777, 0, 7, new Period(FROM, UNTIL), "used", List.of(), List.of());

        assertThat(period(false, RENEWAL, used).net()).isEqualTo(usd(18_000));
        assertThat(period(false, RENEWAL, used).due()).isEqualTo(usd(18_000 + 3_420 - 100));
    }

    @Test
    void aLineNamesOurItemAndItsDiscount() {
        InvoiceLine charge = now(false, CREDIT, CHARGE).lines().getLast();

        assertThat(charge.item()).isEqualTo(SUBSCRIPTION.items().getFirst().id().toString());
        assertThat(List.of(charge.gross(), charge.discount(), charge.amount())).containsExactly(usd(10_000), usd(1_000), usd(9_000));
        assertThat(charge.rounding()).startsWith("Stripe's amount");
        assertThat(now(false, CREDIT, CHARGE).lines().getFirst().gross()).as("a credit's, as ours show it").isEqualTo(usd(5_000));
    }

    private static final AccountSubscription SUBSCRIPTION = new AccountSubscription(
            new AccountId(Ids.next()), new SubscriptionId(Ids.next()), new ProductId(Ids.next()), "sub_1", SubscriptionState.ACTIVE, Interval.MONTH,
            BillingMode.FLEXIBLE, new BillingAnchor(FROM), new Period(FROM, UNTIL), null, null, usd(-77), FROM, null, 1, 1,
            List.of(new SubscriptionItem(Ids.next(), "si_1", new PlanVersionId(Ids.next()), new PriceId(Ids.next()), 5, true, List.of(), List.of())), List.of(),
            List.of(), List.of(), List.of(), AccountSubscription.Collection.observed(null, null, false, null));

    private static Preview now(boolean resetAnchor, StripeInvoice.Line... lines) {
        return reading(resetAnchor).now(Optional.of(invoice(lines)));
    }

    private static Preview period(boolean waitingBilled, StripeInvoice.Line... lines) {
        return reading(false).period(Optional.of(invoice(lines)), waitingBilled);
    }

    private static PreviewReading reading(boolean resetAnchor) {
        return new PreviewReading(SUBSCRIPTION, new UpdateSubscription("sub_1", List.of(), MIDDLE, resetAnchor, true, null, false), "price_1"::equals);
    }

    private static StripeInvoice invoice(StripeInvoice.Line... lines) {
        return new StripeInvoice("preview", "draft", "subscription_update", MIDDLE, 123, 0, 223, -100, null, List.of(lines), List.of(), false);
    }

    private static StripeInvoice.Line line(String id, boolean proration, boolean byHand, long net, long discount, Instant from, long tax) {
        return new StripeInvoice.Line(
                id, "si_1", "price_1", proration, byHand, net, discount, 5, new Period(from, from.plusSeconds(86_400)), id, List.of(),
                List.of(new StripeInvoice.Tax(tax, 100, false, "txr_19")));
    }

    private static List<Kind> kinds(Preview preview) {
        return preview.lines().stream().map(InvoiceLine::kind).toList();
    }

    private static Money usd(long minor) {
        return Money.of(minor, "USD");
    }
}
