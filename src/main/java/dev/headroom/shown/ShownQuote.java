package dev.headroom.shown;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.money.Money;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Quotation;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.quote.BundleChange;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quote as it was shown, kept as it was.
 *
 * @param promise absent in what was kept before quotes were kept whole; then of the rest only terms, amounts and the lines' sums are there
 * @param from    what was on the subscription then
 * @param to      what it would be, with the offers that are taken with it and none that wait besides; without an offer that is not there yet
 * @param next    the invoice after that; absent where there was none
 */
public record ShownQuote(
        @Nullable Promise promise, Instant quotedAt, When when, Instant effectiveAt, GrowthKind growth, SubscriptionTerms from, SubscriptionTerms to, Bill now,
        @Nullable Next next, Recurring before, Recurring after, List<Difference> differences, List<Violation> violations, List<Bundled> bundles,
        Circumstance circumstance) {

    public ShownQuote {
        differences = List.copyOf(differences);
        violations = List.copyOf(violations);
        bundles = List.copyOf(bundles);
    }

    /**
     * What made it one that could be accepted.
     *
     * @param expiresAt exclusive
     * @param verified  whether Stripe was asked and would bill exactly this
     */
    public record Promise(UUID quote, Instant expiresAt, boolean verified) {}

    /** The invoice that accepting makes, or that is made at the date that it waits for; {@link Invoice} says what its amounts are. */
    public record Bill(List<Line> lines, List<Tax> taxes, Money total, Money balanceApplied, Money due, Money endingBalance) {

        public Bill {
            lines = List.copyOf(lines);
            taxes = List.copyOf(taxes);
        }

        /** Of the taxes on top of the lines. */
        public Money tax() {
            return taxes.stream().filter(tax -> !tax.inclusive()).map(Tax::amount).reduce(Money.zero(total.currency()), Money::plus);
        }
    }

    /**
     * One line of that invoice.
     *
     * @param of   the plan or add-on that it is for; empty where only Stripe knows
     * @param plan whether that is the subscription's plan
     */
    public record Line(String of, boolean plan, InvoiceLine billed) {}

    /** @param verified whether it is as Stripe had it */
    public record Next(Instant at, Money tax, Money total, Money due, boolean verified) {}

    /** A feature whose limit or setting would differ. */
    public record Difference(FeatureId feature, @Nullable Allowance before, @Nullable Allowance after, boolean gain) {}

    /** What was used beyond what would be included; of a change that was accepted, at that moment. */
    public record Violation(FeatureId feature, long used, long included, long excess) {}

    /**
     * What was to become of a bundle.
     *
     * @param amount off one interval's invoice; {@link BundleChange} says of which
     */
    public record Bundled(BundleId bundle, String name, BigDecimal percent, BundleChange.Effect effect, Money amount) {

        static Bundled of(BundleChange change) {
            return new Bundled(change.bundle().id(), change.bundle().name(), change.bundle().off().percent(), change.effect(), change.amount());
        }
    }

    /**
     * What of the subscription is not part of the change.
     *
     * @param periodEnd of the running period
     * @param cancelAt  where it was to end
     * @param waiting   how many changes waited for the end of the period
     */
    public record Circumstance(Instant periodEnd, @Nullable Instant cancelAt, int waiting) {}

    public static ShownQuote of(Quote quote, CatalogSnapshot catalog) {
        Quotation priced = quote.quotation();
        AccountSubscription held = quote.subscription();
        return new ShownQuote(
                new Promise(quote.id(), quote.expiresAt(), quote.verified()), quote.quotedAt(), quote.when(), quote.effectiveAt(), priced.growth(), held.terms(),
                quote.target().terms().taking(quote.target().takes()), bill(quote, catalog),
                Optional.ofNullable(priced.next()).map(next -> new Next(next.at(), next.tax(), next.total(), next.due(), quote.nextVerified())).orElse(null),
                priced.before(), priced.after(),
                quote.differences().stream().map(each -> new Difference(each.feature().id(), each.before(), each.after(), each.gain())).toList(),
                quote.violations().stream().map(each -> new Violation(each.feature().id(), each.used(), each.included(), each.excess())).toList(),
                quote.bundles().stream().map(Bundled::of).toList(),
                new Circumstance(held.period().until(), held.cancelAt(), held.scheduled().size()));
    }

    private static Bill bill(Quote quote, CatalogSnapshot catalog) {
        Invoice now = quote.quotation().now();
        String plan = quote.subscription().planItem().id().toString();
        List<Line> lines = now.lines().stream().map(line -> new Line(name(line, quote, catalog), line.item().equals(plan), line)).toList();
        return new Bill(lines, now.taxes(), now.total(), now.balanceApplied(), now.due(), now.endingBalance());
    }

    /** A credit is of what was held, everything else of what shall be: the same item may be of two plans. */
    private static String name(InvoiceLine line, Quote quote, CatalogSnapshot catalog) {
        List<BilledItem> items = switch (line.kind()) {
            case CREDIT -> quote.subscription().billed(catalog);
            case CHARGE, FULL_PERIOD, WAITING -> quote.quotation().items();
        };
        return items.stream().map(BilledItem::item).filter(item -> item.ref().equals(line.item())).map(Item::name).findFirst().orElse("");
    }

    /** The same without an offer that is not there yet. */
    public ShownQuote without(OfferId imagined) {
        SubscriptionTerms others = to.taking(to.offers().stream().filter(offer -> !offer.equals(imagined)).toList());
        return new ShownQuote(
                promise, quotedAt, when, effectiveAt, growth, from, others, now, next, before, after, differences, violations, bundles, circumstance);
    }

    /** Whether it is the end of the subscription. */
    public boolean ends() {
        return to.over() || from.renews() && !to.renews();
    }

    /** What accepting it charges: nothing where it waits for a date, which {@link #dueAtDate()} is about. */
    public Money dueNow() {
        return when == When.AT_DATE ? Money.zero(now.due().currency()) : now.due();
    }

    /** What is charged when the date comes that it waits for; absent of what waits for none. */
    public @Nullable Money dueAtDate() {
        return when == When.AT_DATE ? now.due() : null;
    }

    public Money total() {
        return now.total();
    }

    public List<InvoiceLine> lines() {
        return now.lines().stream().map(Line::billed).toList();
    }

    /** Whose amounts the lines are. */
    public InvoiceLine.Source source() {
        boolean told = now.lines().stream().anyMatch(line -> line.billed().source() == InvoiceLine.Source.STRIPE);
        return told ? InvoiceLine.Source.STRIPE : InvoiceLine.Source.HEADROOM;
    }

    public List<Difference> gains() {
        return differences.stream().filter(Difference::gain).toList();
    }

    public List<Difference> losses() {
        return differences.stream().filter(difference -> !difference.gain()).toList();
    }
}
