package dev.headroom.bundle;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Things that cost less for an account that has all of them; of one that is there nothing changes but its end.
 *
 * @param members at least two, of which at least one is reduced
 * @param from    whoever has all of them from then on gets it, with the next change of one of them
 * @param until   exclusive; who has it by then keeps it as long as all of them are there. Absent is until further notice
 */
public record Bundle(BundleId id, String key, String name, PercentOff off, List<Member> members, Instant from, @Nullable Instant until) {

    public Bundle {
        members = List.copyOf(members);
    }

    /** Identifies a bundle. */
    public record BundleId(UUID value) {

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /**
     * One of the things.
     *
     * @param addOn   absent is any plan of the product
     * @param reduced whether it costs less; else it only has to be there
     */
    public record Member(ProductId product, @Nullable PlanId addOn, boolean reduced) {

        public boolean is(Plan plan) {
            return addOn == null ? plan.tier() && plan.product().equals(product) : plan.id().equals(addOn);
        }
    }

    /** Whether it can be got at an instant. */
    public boolean isOpen(Instant at) {
        return !at.isBefore(from) && (until == null || at.isBefore(until));
    }

    public boolean reduces(Plan plan) {
        return members.stream().anyMatch(member -> member.reduced() && member.is(plan));
    }

    /** @param there whether the account has a member */
    public boolean isWhole(Predicate<Member> there) {
        return members.stream().allMatch(there);
    }

    /** What it is on one item from an instant on, until Stripe has given it a name of its own: each item is reduced by itself. */
    public Discount from(Instant at, String item) {
        return new Discount("bundle:" + id + ":" + item, off, new Term.Forever(), at);
    }

    /** The same, to be got until an instant only. */
    public Bundle ending(Instant at) {
        return new Bundle(id, key, name, off, members, from, at.isBefore(from) ? from : at);
    }
}
