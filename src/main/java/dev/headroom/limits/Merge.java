package dev.headroom.limits;

import dev.headroom.limits.Source.Kind;
import dev.headroom.time.Reset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes one effective limit of many sources. */
final class Merge {

    private static final int DAYS = 30;
    private static final Comparator<EffectiveLimit> GENEROSITY = Comparator
            .comparing((EffectiveLimit effective) -> monthly(effective.limit()))
            .thenComparing(effective -> effective.limit().policy())
            .thenComparing(effective -> effective.sources().getFirst().kind(), Comparator.reverseOrder());

    private Merge() {}

    static EffectiveLimit of(List<Source> sources) {
        if (sources.size() == 1) {
            return new EffectiveLimit(sources.getFirst().limit(), sources);
        }
        return sources.stream()
                .map(source -> withAddOns(source, sources))
                .max(GENEROSITY)
                .orElseGet(() -> new EffectiveLimit(Limit.hard(0, Reset.NEVER), List.of()));
    }

    /** Only what is bought adds up: plan and add-ons; a grant is compared as it stands. */
    private static EffectiveLimit withAddOns(Source base, List<Source> all) {
        List<Source> sum = new ArrayList<>(List.of(base));
        if (base.kind() == Kind.PLAN || base.kind() == Kind.ADD_ON) {
            addOns(all).filter(addOn -> addOn != base && adds(addOn.limit(), base.limit())).forEach(sum::add);
        }
        long extra = sum.stream().skip(1).mapToLong(source -> units(source.limit())).reduce(0, Exact::sum);
        return new EffectiveLimit(base.limit().plus(extra), sum);
    }

    private static Stream<Source> addOns(List<Source> all) {
        return all.stream().filter(source -> source.kind() == Kind.ADD_ON);
    }

    private static boolean adds(Limit addOn, Limit base) {
        return !addOn.isUnlimited() && !base.isUnlimited() && addOn.reset() == base.reset();
    }

    private static long monthly(Limit limit) {
        long units = units(limit);
        return limit.reset() == Reset.DAY ? Exact.saturated(Exact.times(units, DAYS)) : units;
    }

    private static long units(Limit limit) {
        Long included = limit.included();
        return included == null ? Long.MAX_VALUE : included;
    }
}
