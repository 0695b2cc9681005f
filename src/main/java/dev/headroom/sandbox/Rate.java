package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a price asks for a quantity, for one full period. */
sealed interface Rate {

    /** In minor units, exact. */
    BigDecimal exact(long quantity);

    /** In minor units, rounded once for the whole line, halves away from zero. */
    default long amount(long quantity) {
        return exact(quantity).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    static Rate of(ObjectNode price) {
        if ("tiered".equals(Json.text(price, "billing_scheme"))) {
            List<Tier> tiers = Json.objects(price.path("tiers")).stream().map(Tier::of).toList();
            return "volume".equals(Json.text(price, "tiers_mode")) ? new Volume(tiers) : new Graduated(tiers);
        }
        BigDecimal unit = new BigDecimal(Json.required(price, "unit_amount_decimal"));
        JsonNode transform = price.path("transform_quantity");
        return transform.isObject()
                ? new Packages(unit, Json.number(transform, "divide_by"), "up".equals(Json.text(transform, "round")))
                : new PerUnit(unit);
    }

    record PerUnit(BigDecimal unit) implements Rate {
        @Override
        public BigDecimal exact(long quantity) {
            return unit.multiply(BigDecimal.valueOf(quantity));
        }
    }

    /** {@code transform_quantity}: the quantity is divided and rounded before it is priced. */
    record Packages(BigDecimal unit, long size, boolean up) implements Rate {
        @Override
        public BigDecimal exact(long quantity) {
            return unit.multiply(BigDecimal.valueOf(up ? Math.ceilDiv(quantity, size) : Math.floorDiv(quantity, size)));
        }
    }

    /** The tier that the whole quantity reaches prices all of it. */
    record Volume(List<Tier> tiers) implements Rate {
        @Override
        public BigDecimal exact(long quantity) {
            return tiers.stream().filter(tier -> tier.reaches(quantity)).findFirst().orElseGet(tiers::getLast).amount(quantity);
        }
    }

    /** Every tier prices the units that fall into it; the flat amount of each tier entered is added. */
    record Graduated(List<Tier> tiers) implements Rate {
        @Override
        public BigDecimal exact(long quantity) {
            BigDecimal total = BigDecimal.ZERO;
            long below = 0;
            for (Tier tier : tiers) {
                long within = (tier.reaches(quantity) ? quantity : tier.top()) - below;
                total = total.add(tier.amount(within));
                below += within;
                if (tier.reaches(quantity)) {
                    break;
                }
            }
            return total;
        }
    }

    /** @param upTo the last unit of the tier; null for the last tier, which has no end */
    record Tier(@Nullable Long upTo, BigDecimal unit, BigDecimal flat) {

        static Tier of(ObjectNode tier) {
            return new Tier(tier.path("up_to").isNumber() ? Long.valueOf(Json.number(tier, "up_to")) : null,
                    decimal(tier, "unit_amount_decimal"), decimal(tier, "flat_amount_decimal"));
        }

        boolean reaches(long quantity) {
            return upTo == null || quantity <= upTo;
        }

        long top() {
            return upTo == null ? Long.MAX_VALUE : upTo;
        }

        BigDecimal amount(long units) {
            return unit.multiply(BigDecimal.valueOf(units)).add(flat);
        }

        private static BigDecimal decimal(ObjectNode tier, String field) {
            String text = Json.text(tier, field);
            return text == null ? BigDecimal.ZERO : new BigDecimal(text);
        }
    }
}
