package dev.headroom.quote;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.limits.Source;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.quote.Target.Sold;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a target grants of every feature, found in one pass: asked for one feature after the other, each would be looked for among all.
 *
 * @param limits   what would hold by what is bought alone; without what is not granted
 * @param settings the plan's; only what it leaves open an add-on sets
 */
record Grants(Map<FeatureId, EffectiveLimit> limits, Map<FeatureId, String> settings) {

    private static final EffectiveLimit NONE = EffectiveLimit.of(List.of());

    static Grants of(Target target, Currency currency) {
        Map<FeatureId, List<Source>> sources = new HashMap<>();
        target.items().stream().map(item -> item.bought(currency)).flatMap(item -> item.granted().stream()).forEach(granted ->
                sources.computeIfAbsent(granted.entitlement().feature().id(), _ -> new ArrayList<>(1)).add(granted.source()));
        Map<FeatureId, EffectiveLimit> limits = HashMap.newHashMap(sources.size());
        sources.forEach((feature, all) -> limits.put(feature, EffectiveLimit.of(all)));
        return new Grants(limits, settings(target));
    }

    private static Map<FeatureId, String> settings(Target target) {
        Map<FeatureId, String> settings = new HashMap<>();
        Stream.concat(target.items().stream().filter(Sold::plan), target.items().stream().filter(item -> !item.plan()))
                .flatMap(item -> item.version().entitlements().stream())
                .filter(granted -> granted.setting() != null)
                .forEach(granted -> settings.putIfAbsent(granted.feature().id(), granted.setting()));
        return settings;
    }

    EffectiveLimit limit(Feature feature) {
        return limits.getOrDefault(feature.id(), NONE);
    }

    /** Empty where it is not granted. */
    Optional<Allowance> allowance(Feature feature) {
        return Optional.ofNullable(limits.get(feature.id())).map(limit -> new Allowance(limit.limit().included(), settings.get(feature.id())));
    }
}
