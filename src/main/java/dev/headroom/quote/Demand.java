package dev.headroom.quote;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.ProductId;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.reading.Readings.Expected;
import java.util.List;

/**
 * What an account wants, of one product or of all.
 *
 * @param today    what is used and granted
 * @param expected of each counted feature, when its window ends
 */
record Demand(List<Entitlement> today, List<Expected> expected) {

    Demand of(ProductId product) {
        return new Demand(
                today.stream().filter(each -> each.feature().product().equals(product)).toList(),
                expected.stream().filter(each -> each.feature().product().equals(product)).toList());
    }

    /** What is open and shall not be lost. */
    List<Feature> gates() {
        return today.stream().filter(now -> now.feature().kind() == FeatureKind.GATE && now.source() != null).map(Entitlement::feature).toList();
    }

    long held() {
        return held(today);
    }

    /** Seats that members hold. */
    static long held(List<Entitlement> today) {
        return today.stream().filter(each -> each.feature().seats()).mapToLong(Entitlement::used).sum();
    }
}
