package dev.headroom.approval;

import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Target;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A quote as it was shown, kept as it was.
 *
 * @param from   what was on the subscription then
 * @param to     what it would be; without an offer that is not there yet
 * @param nextAt when the invoice after that was expected, for {@code nextDue}; absent where there was none
 */
public record DealSnapshot(
        Instant quotedAt, When when, Instant effectiveAt, GrowthKind growth, SubscriptionTerms from, SubscriptionTerms to, Money dueNow, Money total,
        List<Line> lines, Money recurringBefore, Money recurringAfter, Money mrrBefore, Money mrrAfter, @Nullable Instant nextAt, @Nullable Money nextDue) {

    public DealSnapshot {
        lines = List.copyOf(lines);
    }

    /** What one line of the invoice said. */
    public record Line(InvoiceLine.Kind kind, String description, long quantity, Period period, Money amount) {

        static Line of(InvoiceLine line) {
            return new Line(line.kind(), line.description(), line.quantity(), line.period(), line.amount());
        }
    }

    /** @param offered whether its offer is there, and not only imagined */
    static DealSnapshot of(Quote quote, boolean offered) {
        Quotation priced = quote.quotation();
        Optional<Invoice> next = Optional.ofNullable(priced.next());
        SubscriptionTerms to = quote.target().terms();
        return new DealSnapshot(
                quote.quotedAt(), quote.when(), quote.effectiveAt(), priced.growth(), quote.subscription().terms(),
                offered ? to : new SubscriptionTerms(to.items(), to.renews()), priced.dueNow(), priced.now().total(),
                priced.now().lines().stream().map(Line::of).toList(), priced.before().total(), priced.after().total(), priced.before().mrr(),
                priced.after().mrr(), next.map(Invoice::at).orElse(null), next.map(Invoice::due).orElse(null));
    }

    /** Whether what would be bought is the same for the same prices, with the same offer and at the same time, whatever is due today. */
    boolean covers(When moment, Target target) {
        SubscriptionTerms wanted = target.terms();
        return moment == when && wanted.renews() == to.renews() && Objects.equals(wanted.offer(), to.offer()) && sameItems(wanted);
    }

    /** The same but for the offer. */
    boolean sells(DealSnapshot other) {
        return other.when == when && other.to.renews() == to.renews() && sameItems(other.to);
    }

    private boolean sameItems(SubscriptionTerms wanted) {
        return sold(wanted).equals(sold(to));
    }

    private record Sold(String price, long quantity, String bundle) {}

    private static List<Sold> sold(SubscriptionTerms terms) {
        return terms.items().stream().map(DealSnapshot::sold).sorted(Comparator.comparing(Sold::price).thenComparing(Sold::quantity)).toList();
    }

    private static Sold sold(ItemTerms item) {
        return new Sold(item.price().toString(), item.quantity(), String.valueOf(item.bundle()));
    }
}
