package dev.headroom.pricing;

import dev.headroom.pricing.ChargeModel.Tier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tiers in order, covering every quantity once; and how a quantity lies in them. */
final class Tiers {

    /** The units of a quantity that fall into one tier. */
    record Slice(Tier tier, long from, long units) {}

    private Tiers() {}

    static List<Tier> checked(List<Tier> tiers) {
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("A tiered price needs at least one tier");
        }
        long before = 0;
        for (Tier tier : tiers.subList(0, tiers.size() - 1)) {
            before = endAfter(before, tier.upTo());
        }
        if (tiers.getLast().upTo() != null) {
            throw new IllegalArgumentException("The last tier must be open, but it ends at " + tiers.getLast().upTo());
        }
        return List.copyOf(tiers);
    }

    /** The one tier that the whole quantity reaches. */
    static Tier reached(List<Tier> tiers, long quantity) {
        return tiers.stream().filter(tier -> tier.reaches(quantity)).findFirst().orElseThrow();
    }

    /** The quantity cut at the tiers' ends; tiers that it does not reach are left out. */
    static List<Slice> slices(List<Tier> tiers, long quantity) {
        List<Slice> slices = new ArrayList<>();
        long before = 0;
        for (Tier tier : tiers) {
            long end = tier.upTo() == null ? quantity : Math.min(tier.upTo(), quantity);
            slices.add(new Slice(tier, before + 1, end - before));
            if (end == quantity) {
                break;
            }
            before = end;
        }
        return slices;
    }

    private static long endAfter(long before, @Nullable Long upTo) {
        if (upTo == null) {
            throw new IllegalArgumentException("Only the last tier may be open");
        }
        if (upTo <= before) {
            throw new IllegalArgumentException("Tiers must ascend: " + upTo + " does not come after " + before);
        }
        return upTo;
    }
}
