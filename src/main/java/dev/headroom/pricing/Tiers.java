package dev.headroom.pricing;

import dev.headroom.pricing.ChargeModel.MisplacedTier;
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
        List<@Nullable Long> ends = new ArrayList<>();
        tiers.forEach(tier -> ends.add(tier.upTo()));
        misplaced(ends).stream().findFirst().ifPresent(first -> {
            throw new IllegalArgumentException(first.why());
        });
        return List.copyOf(tiers);
    }

    /** Everything that is wrong with where tiers end. */
    static List<MisplacedTier> misplaced(List<@Nullable Long> ends) {
        List<MisplacedTier> misplaced = new ArrayList<>();
        if (ends.isEmpty()) {
            misplaced.add(new MisplacedTier(0, "A tiered price needs at least one tier"));
        }
        int last = ends.size() - 1;
        long before = 0;
        for (int i = 0; i < last; i++) {
            Long upTo = ends.get(i);
            if (upTo == null) {
                misplaced.add(new MisplacedTier(i, "Only the last tier may be open"));
            } else if (upTo <= before) {
                misplaced.add(new MisplacedTier(i, "Tiers must ascend: " + upTo + " does not come after " + before));
            } else {
                before = upTo;
            }
        }
        if (last >= 0 && ends.get(last) != null) {
            misplaced.add(new MisplacedTier(last, "The last tier must be open, but it ends at " + ends.get(last)));
        }
        return misplaced;
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
}
