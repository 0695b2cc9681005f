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
        return new Product(before.id(), before.key(), name(before.name(), wanted.name()), description(before.description(), wanted.description()));
    }

    static Feature feature(Feature before, EditFeature wanted) {
        String unit = Optional.ofNullable(wanted.unit()).map(Edits::unit).orElse(before.unit());
        return new Feature(
                before.id(), before.product(), before.key(), name(before.name(), wanted.name()), before.kind(), unit, before.reset(), before.rollingDays(),
                before.seats(), before.meter(), before.thresholds(), description(before.description(), wanted.description()), before.retiredAt());
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

    private static String description(String before, @Nullable String wanted) {
        return wanted == null ? before : NewProducts.description("input.description", wanted, Refusals.thrown());
    }

    private static String unit(String wanted) {
        String unit = wanted.strip();
        if (unit.length() > LONGEST_UNIT || unit.chars().anyMatch(Character::isISOControl)) {
            throw HeadroomException.invalid("input.unit", "One of what is counted, for people, in at most " + LONGEST_UNIT + " characters: call, seat");
        }
        return unit;
    }
}
