package dev.headroom.entitlement;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.entitlement.Entitlement.Given;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.limits.Limit;
import dev.headroom.limits.Source;
import dev.headroom.subscription.Bought.Granted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * In which ways an account has a feature, and what holds because of them.
 *
 * @param limit that holds
 * @param given what each gives, what decides first
 */
record Ways(EffectiveLimit limit, List<Given> given) {

    private static final Ways NONE = new Ways(EffectiveLimit.of(List.of()), List.of());

    /** One of them. */
    record Way(Source source, Given given) {

        static Way of(Granted bought) {
            Source source = bought.source();
            boolean plan = source.kind() == Source.Kind.PLAN;
            return new Way(source, new Given(
                    source.kind(), plan ? bought.version() : null, plan ? null : bought.version(), plan ? null : bought.quantity(), null,
                    bought.limit().included(), bought.entitlement().setting()));
        }

        static Way of(Grant grant, Feature feature, Optional<Limit> bought) {
            Limit limit = grant.limit(feature, bought);
            return new Way(
                    new Source(Source.Kind.GRANT, grant.id().toString(), limit),
                    new Given(Source.Kind.GRANT, null, null, null, grant, limit.included(), grant.setting()));
        }

        /** A gate. */
        static Way open(Source.Kind kind, Feature gate) {
            return new Way(new Source(kind, gate.id().toString(), Limit.unlimited()), new Given(kind, null, null, null, null, null, null));
        }
    }

    /** The same, knowing what held before. */
    Ways after(List<EffectiveLimit.Earlier> earlier) {
        return earlier.isEmpty() ? this : new Ways(limit.after(earlier), given);
    }

    static Ways of(Feature feature, List<Way> ways) {
        if (ways.isEmpty()) {
            return NONE;
        }
        EffectiveLimit limit = EffectiveLimit.of((feature.kind() == FeatureKind.SETTING ? latest(ways) : ways).stream().map(Way::source).toList());
        Way winner = ways.stream().filter(way -> way.source() == limit.sources().getFirst()).findFirst().orElseThrow();
        List<Given> given = new ArrayList<>(List.of(winner.given()));
        ways.stream().filter(way -> way != winner).map(Way::given).forEach(given::add);
        return new Ways(limit, given);
    }

    /** Nobody knows which of two values is more: the one that was given last holds, and any that was given before the plan's, and that before an add-on's. */
    private static List<Way> latest(List<Way> ways) {
        Comparator<Way> order = Comparator.comparing(way -> Optional.ofNullable(way.given().grant()).map(Grant::givenAt).orElse(Instant.MIN));
        return ways.stream().max(order).stream().toList();
    }
}
