package dev.headroom.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is sold, its file says it: written, read and compared it differs in nothing, and is written again to the letter. */
@HeadroomTest
class FilePropertiesTest {

    private static final int CATALOGUES = 6;
    private static final List<String> TEXTS = List.of(
            "Plain", "yes", "1.0", "2026-01-01", "# no comment", "a: b", "- dash", "\"quoted\" 'twice'", "Größe 漢 😀", "back\\slash", "{curly} [square]", "& * ! | > % @ `", "=1+1", "null");

    @Autowired
    Stories stories;

    @Test
    void aCatalogueIsItsFile() {
        for (long seed = 1; seed <= CATALOGUES; seed++) {
            Story story = stories.begin();
            FileDesk desk = new FileDesk(story.backend());
            String key = "random-" + story.key("p");
            String file = new Chance(new SplittableRandom(seed), key).file();
            desk.apply(file);

            String written = desk.export(key);
            assertThat(FileDesk.differing(desk.preview(written))).as("seed %s%n%s%n%s", seed, file, written).isEmpty();
            assertThat(FileDesk.differing(desk.preview(file))).as("seed %s%n%s", seed, file).isEmpty();
            assertThat(desk.apply(written)).as("seed %s", seed).isEmpty();
            assertThat(desk.export(key)).as("seed %s", seed).isEqualTo(written);
            // Under other keys it is another catalogue, and otherwise the same.
            String copied = written.replace(key, key + "x");
            desk.apply(copied);
            assertThat(desk.export(key + "x")).as("seed %s", seed).isEqualTo(copied);
        }
    }

    /** A product with everything that there is of it. */
    private record Chance(SplittableRandom random, String key) {

        private static final List<String> METERS = List.of("SUM", "COUNT", "UNIQUE", "MAX", "LATEST");

        private boolean often() {
            return random.nextInt(3) > 0;
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private String text() {
            return one(TEXTS);
        }

        private String decimal() {
            return one(List.of("0", "1", "2900", "0.04", "12.5", "0.000000000001", "99999.99"));
        }

        String file() {
            YamlWriter out = new YamlWriter();
            out.field("catalog", 1).each("products", List.of(key), (product, _) -> {
                product.field("key", key).field("name", text()).field("description", often() ? "Two\nlines, " + text() : null);
                product.each("features", IntStream.range(0, 5).boxed().toList(), this::feature);
                product.each("plans", IntStream.range(0, 1 + random.nextInt(3)).boxed().toList(), (plan, i) -> plan(plan, "plan" + i, false));
                product.each("addOns", IntStream.range(0, random.nextInt(3)).boxed().toList(), (plan, i) -> plan(plan, "addOn" + i, true));
                product.each("offers", IntStream.range(0, random.nextInt(3)).boxed().toList(), this::offer);
                product.each("transitionRules", often() ? List.of("DOWNGRADE", "SEATS_DOWN", "END") : List.of(), (rule, kind) -> rule.field("kind", kind)
                        .field("from", often() ? key + "-plan0" : null).field("transition", one(List.of("PERIOD_END", "NOW_UNPRORATED", "REFUSED", "BY_APPROVAL"))));
            });
            return out.toString();
        }

        private void feature(YamlWriter out, int number) {
            out.field("key", key + "-f" + number).field("name", text()).field("description", often() ? null : text());
            switch (Integer.valueOf(number)) {
                case 0 -> out.field("kind", "ALLOWANCE").field("unit", "seat").field("seats", true);
                case 1 -> out.field("kind", "GATE");
                case 2 -> out.field("kind", "SETTING");
                case Integer _ -> meter(out);
            }
        }

        private void meter(YamlWriter out) {
            String how = one(METERS);
            boolean rolls = !often();
            out.field("kind", "METER").field("reset", rolls ? "ROLLING" : one(List.of("DAY", "BILLING_PERIOD", "CALENDAR_MONTH"))).field("rollingDays", rolls ? 30 : null)
                    .whole("thresholds", often() ? List.of(50, 200) : List.of())
                    .below("meter", meter -> meter.field("aggregation", how).field("property", how.equals("UNIQUE") ? "user" : null)
                            .each("filter", often() ? List.of("b", "a") : List.<String>of(), (filter, name) -> filter.field("property", name).line("values", List.of("x", "yes", "1")))
                            .line("groupBy", how.equals("UNIQUE") ? List.of() : List.of("region")));
        }

        private void plan(YamlWriter out, String name, boolean addOn) {
            boolean flat = random.nextBoolean();
            List<String> intervals = often() ? List.of("MONTH USD", "YEAR USD") : List.of("YEAR EUR");
            out.field("key", key + "-" + name).field("name", text()).field("description", often() ? null : text()).field("rank", random.nextInt(5))
                    .field("visibility", often() ? null : "HIDDEN");
            out.each("prices", intervals, (price, each) -> {
                price.field("interval", each.split(" ")[0]).field("currency", each.split(" ")[1]);
                if (flat) {
                    price.field("flat", random.nextInt(100_000));
                } else {
                    model(price);
                }
            });
            out.each("entitlements", granted(addOn), (line, feature) -> {
                boolean counted = feature == 0 || feature > 2;
                line.field("feature", key + "-f" + feature).field("included", counted && (addOn || often()) ? 1 + random.nextInt(1000) : null)
                        .field("setting", feature == 2 ? text() : null);
                if (!addOn && feature > 2 && often()) {
                    line.field("policy", "OVERAGE").each("overage", List.of("USD", "EUR"), (price, currency) -> price.field("currency", currency).number("unitMinor", decimal()));
                } else if (!addOn && feature > 2) {
                    line.field("policy", "SOFT").field("softLimit", 10);
                }
            });
        }

        private List<Integer> granted(boolean addOn) {
            List<Integer> features = new ArrayList<>(List.of(0, 1, 2, 3, 4));
            features.removeIf(feature -> feature > 0 && !often() && !(addOn && feature == 3));
            return features;
        }

        private void model(YamlWriter price) {
            switch ((Integer) random.nextInt(4)) {
                case 0 -> price.number("perSeat", decimal());
                case 1 -> price.below("packaged", of -> of.field("size", 5).number("each", decimal()));
                case 2 -> tiers(price, "volume");
                case Integer _ -> tiers(price, "graduated");
            }
        }

        private void tiers(YamlWriter price, String model) {
            price.each(model, List.of(10, 20, 0), (tier, end) -> tier.field("upTo", end == 0 ? null : end).number("unit", decimal()).field("fee", often() ? null : 500));
        }

        private void offer(YamlWriter out, int number) {
            out.field("key", key + "-o" + number).field("name", text());
            if (often()) {
                out.number("percentOff", one(List.of("10", "12.50", "100", "0.01")));
            } else {
                out.below("amountOff", amount -> amount.field("minor", 500).field("currency", "USD"));
            }
            boolean months = often();
            out.field("duration", months ? "MONTHS" : one(List.of("ONCE", "FOREVER"))).field("months", months ? 3 : null)
                    .field("from", "2026-01-01T00:00:00Z").field("until", "2030-01-01T00:00:00+02:00").line("plans", often() ? List.of() : List.of(key + "-plan0"))
                    .field("existingCustomers", often()).field("redemptionCap", often() ? 5 : null).field("ended", !often());
        }
    }
}
