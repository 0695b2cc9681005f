package dev.headroom.catalog;

import dev.headroom.catalog.Feature.EditFeature;
import dev.headroom.catalog.Product.EditProduct;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Products and features as somebody wants to call them, or which field is wrong. */
final class Edits {

    private static final int LONGEST_UNIT = 50;

    private Edits() {}

    /** @throws HeadroomException NOT_FOUND */
    static Feature required(CatalogSnapshot known, String key) {
        return known.feature(key).orElseThrow(() -> HeadroomException.notFound("input.feature", "No feature has the key \"" + key + "\""));
    }

    static Product product(Product before, EditProduct wanted) {
        Refusals refusals = Refusals.gathered();
        Product after = new Product(
                before.id(), before.key(), refusals.made(() -> name(before.name(), wanted.name()), before.name()), description(before.description(), wanted.description(), refusals));
        refusals.refuse();
        return after;
    }

    static Feature feature(Feature before, EditFeature wanted) {
        Refusals refusals = Refusals.gathered();
        String name = refusals.made(() -> name(before.name(), wanted.name()), before.name());
        String unit = refusals.made(() -> Optional.ofNullable(wanted.unit()).map(Edits::unit).orElse(before.unit()), before.unit());
        String description = description(before.description(), wanted.description(), refusals);
        refusals.refuse();
        return new Feature(
                before.id(), before.product(), before.key(), name, before.kind(), unit, before.reset(), before.rollingDays(),
                before.seats(), before.meter(), before.thresholds(), description, before.retiredAt());
    }

    /** @param at absent where it is not any more */
    static Feature retired(Feature before, @Nullable Instant at) {
        return new Feature(
                before.id(), before.product(), before.key(), before.name(), before.kind(), before.unit(), before.reset(), before.rollingDays(), before.seats(),
                before.meter(), before.thresholds(), before.description(), at);
    }

    private static String name(String before, @Nullable String wanted) {
        return wanted == null ? before : Check.text("input.name", wanted);
    }

    private static String description(String before, @Nullable String wanted, Refusals refusals) {
        return wanted == null ? before : NewProducts.description("input.description", wanted, refusals);
    }

    private static String unit(String wanted) {
        String unit = wanted.strip();
        if (unit.length() > LONGEST_UNIT || unit.chars().anyMatch(Character::isISOControl)) {
            throw HeadroomException.invalid("input.unit", "One of what is counted, for people, in at most " + LONGEST_UNIT + " characters: call, seat");
        }
        return unit;
    }
}
