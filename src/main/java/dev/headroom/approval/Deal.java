package dev.headroom.approval;

import dev.headroom.quote.Target;
import dev.headroom.shown.ShownQuote;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wished, or was agreed.
 *
 * @param change   without the discount as long as it is wished; with the offer that the discount has become once it is agreed
 * @param discount beyond what is on offer
 * @param shown    what it came to when it was wished or agreed
 */
public record Deal(RequestedChange change, @Nullable NegotiatedDiscount discount, ShownQuote shown) {

    /**
     * Whether what would be bought is the same for the same prices, with the same offers and at the same time, whatever is due today.
     *
     * @param priced the second for which it would be, which is the date of what waits for one
     */
    boolean covers(When moment, Target target, Instant priced) {
        SubscriptionTerms wanted = target.terms();
        return target.takes().equals(shown.to().offers()) && sells(moment, wanted, priced);
    }

    /** The same but for the offers. */
    boolean sells(Deal other) {
        return sells(other.shown.when(), other.shown.to(), other.shown.effectiveAt());
    }

    private boolean sells(When moment, SubscriptionTerms wanted, Instant priced) {
        SubscriptionTerms to = shown.to();
        boolean endsAlike = wanted.renews() == to.renews() && wanted.over() == to.over() && Objects.equals(wanted.endsAt(), to.endsAt())
                && Objects.equals(wanted.together(), to.together());
        boolean sameTime = moment == shown.when() && (moment != When.AT_DATE || priced.equals(shown.effectiveAt()));
        return sameTime && endsAlike && sold(wanted).equals(sold(shown.to()));
    }

    private record Sold(String price, long quantity, String bundle) {}

    private static List<Sold> sold(SubscriptionTerms terms) {
        return terms.items().stream().map(Deal::sold).sorted(Comparator.comparing(Sold::price).thenComparing(Sold::quantity)).toList();
    }

    private static Sold sold(ItemTerms item) {
        return new Sold(item.price().toString(), item.quantity(), String.valueOf(item.bundle()));
    }
}
