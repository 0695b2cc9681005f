package dev.headroom.approval;

import dev.headroom.approval.DealSnapshot.Line;
import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How deals are stored: bare ids and minor units, whatever becomes of the types; all amounts of a deal are in one currency. */
final class DealJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** @param bundle absent for none, and in what was written before there were any */
    private record Item(@Nullable UUID item, UUID price, long quantity, @Nullable UUID bundle) {

        static Item of(ItemTerms terms) {
            return new Item(terms.item(), terms.price().value(), terms.quantity(), Optional.ofNullable(terms.bundle()).map(BundleId::value).orElse(null));
        }

        ItemTerms terms() {
            return new ItemTerms(item, new PriceId(price), quantity, Optional.ofNullable(bundle).map(BundleId::new).orElse(null));
        }
    }

    /** @param prorated absent in what was written when every change was */
    private record Terms(List<Item> items, boolean renews, @Nullable UUID offer, @Nullable Boolean prorated) {

        static Terms of(SubscriptionTerms terms) {
            return new Terms(
                    terms.items().stream().map(Item::of).toList(), terms.renews(),
                    Optional.ofNullable(terms.offer()).map(OfferId::value).orElse(null), terms.prorated());
        }

        SubscriptionTerms terms() {
            return new SubscriptionTerms(
                    items.stream().map(Item::terms).toList(), renews,
                    Optional.ofNullable(offer).map(OfferId::new).orElse(null), !Boolean.FALSE.equals(prorated));
        }
    }

    private record Billed(InvoiceLine.Kind kind, String description, long quantity, Instant from, Instant until, long minor) {

        static Billed of(Line line) {
            return new Billed(line.kind(), line.description(), line.quantity(), line.period().from(), line.period().until(), line.amount().minor());
        }

        Line line(Currency currency) {
            return new Line(kind, description, quantity, new Period(from, until), new Money(minor, currency));
        }
    }

    private record Shown(
            Instant quotedAt, When when, Instant effectiveAt, GrowthKind growth, Terms from, Terms to, String currency, long dueNow, long total,
            List<Billed> lines, long recurringBefore, long recurringAfter, long mrrBefore, long mrrAfter, @Nullable Instant nextAt, @Nullable Long nextDue) {

        static Shown of(DealSnapshot shown) {
            return new Shown(
                    shown.quotedAt(), shown.when(), shown.effectiveAt(), shown.growth(), Terms.of(shown.from()), Terms.of(shown.to()),
                    shown.dueNow().currency().getCurrencyCode(), shown.dueNow().minor(), shown.total().minor(), shown.lines().stream().map(Billed::of).toList(),
                    shown.recurringBefore().minor(), shown.recurringAfter().minor(), shown.mrrBefore().minor(), shown.mrrAfter().minor(), shown.nextAt(),
                    Optional.ofNullable(shown.nextDue()).map(Money::minor).orElse(null));
        }

        DealSnapshot snapshot() {
            Currency each = Currency.getInstance(currency);
            return new DealSnapshot(
                    quotedAt, when, effectiveAt, growth, from.terms(), to.terms(), new Money(dueNow, each), new Money(total, each),
                    lines.stream().map(line -> line.line(each)).toList(), new Money(recurringBefore, each), new Money(recurringAfter, each),
                    new Money(mrrBefore, each), new Money(mrrAfter, each), nextAt, nextDue == null ? null : new Money(nextDue, each));
        }
    }

    private record Off(@Nullable BigDecimal percent, @Nullable Long minor, @Nullable String currency, Lasting lasting, @Nullable Integer months) {

        static Off of(NegotiatedDiscount discount) {
            Integer months = discount.term() instanceof Term.Repeating(int count) ? count : null;
            return switch (discount.reduction()) {
                case PercentOff(BigDecimal percent) -> new Off(percent, null, null, discount.lasting(), months);
                case AmountOff(Money amount) -> new Off(null, amount.minor(), amount.currency().getCurrencyCode(), discount.lasting(), months);
            };
        }

        NegotiatedDiscount discount() {
            Reduction reduction = percent == null ? new AmountOff(Money.of(Objects.requireNonNull(minor), Objects.requireNonNull(currency))) : new PercentOff(percent);
            return new NegotiatedDiscount(reduction, switch (lasting) {
                case ONCE -> new Term.Once();
                case MONTHS -> new Term.Repeating(Objects.requireNonNull(months));
                case FOREVER -> new Term.Forever();
            });
        }
    }

    private DealJson() {}

    static String change(RequestedChange change) {
        return MAPPER.writeValueAsString(change);
    }

    static @Nullable String discount(@Nullable NegotiatedDiscount discount) {
        return discount == null ? null : MAPPER.writeValueAsString(Off.of(discount));
    }

    static String shown(DealSnapshot shown) {
        return MAPPER.writeValueAsString(Shown.of(shown));
    }

    static Deal deal(String change, @Nullable String discount, String shown) {
        return new Deal(
                MAPPER.readValue(change, RequestedChange.class), discount == null ? null : MAPPER.readValue(discount, Off.class).discount(),
                MAPPER.readValue(shown, Shown.class).snapshot());
    }

    static String reasons(List<ApprovalReason> reasons) {
        return MAPPER.writeValueAsString(reasons);
    }

    static List<ApprovalReason> reasons(String stored) {
        return List.of(MAPPER.readValue(stored, ApprovalReason[].class));
    }
}
