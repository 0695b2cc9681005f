package dev.headroom.shown;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.quote.BundleChange;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.shown.ShownQuote.Bill;
import dev.headroom.shown.ShownQuote.Bundled;
import dev.headroom.shown.ShownQuote.Circumstance;
import dev.headroom.shown.ShownQuote.Difference;
import dev.headroom.shown.ShownQuote.Line;
import dev.headroom.shown.ShownQuote.Next;
import dev.headroom.shown.ShownQuote.Promise;
import dev.headroom.shown.ShownQuote.Violation;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How shown quotes are written down: bare ids and minor units, whatever becomes of the types; all amounts of one are in one currency. */
public final class ShownQuoteJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** @param bundle absent for none, and in what was written before there were any */
    private record StoredItem(@Nullable UUID item, UUID price, long quantity, @Nullable UUID bundle) {

        static StoredItem of(ItemTerms terms) {
            return new StoredItem(terms.item(), terms.price().value(), terms.quantity(), Optional.ofNullable(terms.bundle()).map(BundleId::value).orElse(null));
        }

        ItemTerms terms() {
            return new ItemTerms(item, new PriceId(price), quantity, Optional.ofNullable(bundle).map(BundleId::new).orElse(null));
        }
    }

    /**
     * @param offer    of what was written when there could only be one
     * @param offers   absent for none
     * @param prorated absent in what was written when every change was
     * @param over     absent in what was written before anything could end at once
     * @param endsAt   absent of what does not end at a date
     * @param together absent of what begins no period together with another's
     */
    private record Terms(
            List<StoredItem> items, boolean renews, @Nullable UUID offer, @Nullable List<UUID> offers, @Nullable Boolean prorated, @Nullable Boolean over,
            @Nullable Instant endsAt, @Nullable UUID together) {

        static Terms of(SubscriptionTerms terms) {
            return new Terms(
                    terms.items().stream().map(StoredItem::of).toList(), terms.renews(),
                    null, terms.offers().isEmpty() ? null : terms.offers().stream().map(OfferId::value).toList(), terms.prorated(), terms.over(), terms.endsAt(),
                    Optional.ofNullable(terms.together()).map(SubscriptionId::value).orElse(null));
        }

        SubscriptionTerms terms() {
            return new SubscriptionTerms(
                    items.stream().map(StoredItem::terms).toList(), renews,
                    Stream.concat(Optional.ofNullable(offer).stream(), Optional.ofNullable(offers).stream().flatMap(List::stream)).map(OfferId::new).toList(), !Boolean.FALSE.equals(prorated), Boolean.TRUE.equals(over), endsAt,
                    Optional.ofNullable(together).map(SubscriptionId::new).orElse(null));
        }
    }

    /** The way to a line's amount. */
    private record Way(
            String of, boolean plan, String item, long secondsRemaining, long secondsTotal, String fraction, long gross, long discount, String exact,
            String rounding, InvoiceLine.Source source) {}

    /** @param way absent in what was written before quotes were kept whole */
    private record Billed(InvoiceLine.Kind kind, String description, long quantity, Instant from, Instant until, long minor, @Nullable Way way) {

        static Billed of(Line line) {
            InvoiceLine billed = line.billed();
            return new Billed(
                    billed.kind(), billed.description(), billed.quantity(), billed.period().from(), billed.period().until(), billed.amount().minor(),
                    new Way(
                            line.of(), line.plan(), billed.item(), billed.secondsRemaining(), billed.secondsTotal(), billed.fraction(), billed.gross().minor(),
                            billed.discount().minor(), billed.exact(), billed.rounding(), billed.source()));
        }

        Line line(Currency currency) {
            Period period = new Period(from, until);
            Money amount = new Money(minor, currency);
            return way == null
                    ? new Line("", false, InvoiceLine.told(kind, "", description, quantity, period, amount, Money.zero(currency)))
                    : new Line(way.of, way.plan, new InvoiceLine(
                            kind, way.item, description, quantity, period, way.secondsRemaining, way.secondsTotal, way.fraction, new Money(way.gross, currency),
                            new Money(way.discount, currency), way.exact, amount, way.rounding, way.source));
        }
    }

    private record Taxed(long minor, long of, boolean inclusive, String rate) {

        static Taxed of(Tax tax) {
            return new Taxed(tax.amount().minor(), tax.taxable().minor(), tax.inclusive(), tax.rate());
        }

        Tax tax(Currency currency) {
            return new Tax(new Money(minor, currency), new Money(of, currency), inclusive, rate);
        }
    }

    private record Differs(UUID feature, @Nullable Allowance before, @Nullable Allowance after, boolean gain) {}

    private record Exceeds(UUID feature, long used, long included, long excess) {}

    private record InBundle(UUID bundle, String name, BigDecimal percent, BundleChange.Effect effect, long minor) {

        static InBundle of(Bundled shown) {
            return new InBundle(shown.bundle().value(), shown.name(), shown.percent(), shown.effect(), shown.amount().minor());
        }

        Bundled shown(Currency currency) {
            return new Bundled(new BundleId(bundle), name, percent, effect, new Money(minor, currency));
        }
    }

    /**
     * What is kept of a quote that is kept whole.
     *
     * @param bundles absent in what was written before they were kept
     */
    private record Whole(
            UUID quote, Instant expiresAt, boolean verified, List<Taxed> taxes, long balanceApplied, long endingBalance, @Nullable Long nextTax,
            @Nullable Long nextTotal, boolean nextVerified, @Nullable Interval intervalBefore, @Nullable Interval intervalAfter, List<Differs> differences,
            List<Exceeds> violations, @Nullable List<InBundle> bundles, Instant periodEnd, @Nullable Instant cancelAt, int waiting) {

        static Whole of(ShownQuote shown, Promise promise) {
            Optional<Next> next = Optional.ofNullable(shown.next());
            return new Whole(
                    promise.quote(), promise.expiresAt(), promise.verified(), shown.now().taxes().stream().map(Taxed::of).toList(),
                    shown.now().balanceApplied().minor(), shown.now().endingBalance().minor(), next.map(each -> each.tax().minor()).orElse(null),
                    next.map(each -> each.total().minor()).orElse(null), next.map(Next::verified).orElse(false), shown.before().interval(),
                    shown.after().interval(),
                    shown.differences().stream().map(each -> new Differs(each.feature().value(), each.before(), each.after(), each.gain())).toList(),
                    shown.violations().stream().map(each -> new Exceeds(each.feature().value(), each.used(), each.included(), each.excess())).toList(),
                    shown.bundles().stream().map(InBundle::of).toList(),
                    shown.circumstance().periodEnd(), shown.circumstance().cancelAt(), shown.circumstance().waiting());
        }
    }

    /** @param whole absent in what was written of deals before quotes were kept whole */
    private record Stored(
            Instant quotedAt, When when, Instant effectiveAt, GrowthKind growth, Terms from, Terms to, String currency, long dueNow, long total,
            List<Billed> lines, long recurringBefore, long recurringAfter, long mrrBefore, long mrrAfter, @Nullable Instant nextAt, @Nullable Long nextDue,
            @Nullable Whole whole) {

        static Stored of(ShownQuote shown) {
            Optional<Next> next = Optional.ofNullable(shown.next());
            return new Stored(
                    shown.quotedAt(), shown.when(), shown.effectiveAt(), shown.growth(), Terms.of(shown.from()), Terms.of(shown.to()),
                    shown.dueNow().currency().getCurrencyCode(), shown.now().due().minor(), shown.now().total().minor(),
                    shown.now().lines().stream().map(Billed::of).toList(), shown.before().total().minor(), shown.after().total().minor(),
                    shown.before().mrr().minor(), shown.after().mrr().minor(), next.map(Next::at).orElse(null), next.map(each -> each.due().minor()).orElse(null),
                    Optional.ofNullable(shown.promise()).map(promise -> Whole.of(shown, promise)).orElse(null));
        }

        ShownQuote shown() {
            return whole == null ? part() : whole(whole);
        }

        private ShownQuote whole(Whole rest) {
            Currency each = Currency.getInstance(currency);
            return new ShownQuote(
                    new Promise(rest.quote, rest.expiresAt, rest.verified), quotedAt, when, effectiveAt, growth, from.terms(), to.terms(),
                    bill(rest.taxes.stream().map(tax -> tax.tax(each)).toList(), money(rest.balanceApplied), money(rest.endingBalance)),
                    next(Optional.ofNullable(rest.nextTax).orElse(0L), rest.nextTotal, rest.nextVerified),
                    new Recurring(rest.intervalBefore, money(recurringBefore), money(mrrBefore)),
                    new Recurring(rest.intervalAfter, money(recurringAfter), money(mrrAfter)),
                    rest.differences.stream().map(it -> new Difference(new FeatureId(it.feature), it.before, it.after, it.gain)).toList(),
                    rest.violations.stream().map(it -> new Violation(new FeatureId(it.feature), it.used, it.included, it.excess)).toList(),
                    Optional.ofNullable(rest.bundles).orElse(List.of()).stream().map(it -> it.shown(each)).toList(),
                    new Circumstance(rest.periodEnd, rest.cancelAt, rest.waiting));
        }

        private ShownQuote part() {
            return new ShownQuote(
                    null, quotedAt, when, effectiveAt, growth, from.terms(), to.terms(), bill(List.of(), money(dueNow - total), money(0)),
                    next(0, nextDue, false), new Recurring(null, money(recurringBefore), money(mrrBefore)),
                    new Recurring(null, money(recurringAfter), money(mrrAfter)), List.of(), List.of(), List.of(), new Circumstance(effectiveAt, null, 0));
        }

        private Bill bill(List<Tax> taxes, Money balanceApplied, Money endingBalance) {
            Currency each = Currency.getInstance(currency);
            return new Bill(lines.stream().map(line -> line.line(each)).toList(), taxes, money(total), balanceApplied, money(dueNow), endingBalance);
        }

        private @Nullable Next next(long tax, @Nullable Long of, boolean verified) {
            return nextAt == null || nextDue == null || of == null ? null : new Next(nextAt, money(tax), money(of), money(nextDue), verified);
        }

        private Money money(long minor) {
            return new Money(minor, Currency.getInstance(currency));
        }
    }

    private ShownQuoteJson() {}

    public static String write(ShownQuote shown) {
        return MAPPER.writeValueAsString(Stored.of(shown));
    }

    /** Also what approvals kept of deals before quotes were kept whole. */
    public static ShownQuote read(String stored) {
        return MAPPER.readValue(stored, Stored.class).shown();
    }
}
