package dev.headroom.pricing;

import static dev.headroom.pricing.Samples.amountOff;
import static dev.headroom.pricing.Samples.billed;
import static dev.headroom.pricing.Samples.in;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.plan;
import static dev.headroom.pricing.Samples.with;
import static dev.headroom.pricing.Samples.yearly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.money.Money;
import dev.headroom.money.UnsupportedCurrencyException;
import dev.headroom.pricing.Discount.Term.Forever;
import dev.headroom.pricing.Samples.Change;
import dev.headroom.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stripe's published and observed prorations, each told as a change of a subscription and compared line by line. */
class ProrationExamplesTest {

    private static final Item SMALL = item("10 USD item", monthly(1000), 1);
    private static final Item LARGE = item("20 USD item", monthly(2000), 1);
    private static final Discount FIVE_OFF = amountOff("five-off", 500, new Forever());

    /** What happened in each case; the file has the second, the mode and the lines. */
    private static final Map<String, Function<Change, Quotation>> STORIES = Map.ofEntries(
            Map.entry("D01", change -> change.from(plan("old", monthly(1000), 1)).to(plan("new", monthly(2000), 1))),
            Map.entry("D02", change -> change.from(plan("Silver", monthly(1000), 1)).to(plan("Gold", monthly(3252), 1))),
            Map.entry("D03", ProrationExamplesTest::upAndDown),
            Map.entry("D04", ProrationExamplesTest::upAndDown),
            Map.entry("D05", ProrationExamplesTest::removalUnderCoupon),
            Map.entry("D06", ProrationExamplesTest::removalUnderCoupon),
            Map.entry("D07", change -> change.from(plan("old", monthly(100), 1)).to(plan("new", monthly(200), 1))),
            Map.entry("O08", change -> change.from(plan("Mirror", yearly(10000), 1)).to(plan("Mirror", yearly(10000), 2))),
            Map.entry("O09", change -> change.from(item("Standard", monthly(2500), 5))
                    .to(item("Standard", monthly(2500), 4), item("Premium", monthly(12500), 1))),
            Map.entry("C46", change -> change.unprorated()
                    .from(plan("old", monthly(4900), 1))
                    .to(plan("new", monthly(9900), 1))));

    @ParameterizedTest
    @MethodSource("billableCases")
    void everyPublishedCaseIsMatchedLineByLine(JsonNode example) {
        Quotation quotation = STORIES.get(id(example)).apply(change(example));

        assertThat(quotation.now().lines().stream().map(Line::of)).containsExactlyElementsOf(
                example.get("lines").valueStream().map(Line::of).toList());
        assertThat(quotation.now().total().minor()).isEqualTo(example.get("net").asLong());
    }

    @Test
    void everyCaseOfTheFileIsEitherToldOrRefused() {
        assertThat(cases().map(ProrationExamplesTest::id))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(STORIES.keySet().stream(), Stream.of("C36")).toList());
    }

    @Test
    void ugandanShillingsAreRefusedInsteadOfBilledInHundredths() {
        JsonNode example = cases().filter(node -> id(node).equals("C36")).findFirst().orElseThrow();

        assertThatThrownBy(() -> Money.of(100, example.get("currency").asString()))
                .isInstanceOf(UnsupportedCurrencyException.class)
                .hasMessageContaining("UGX");
    }

    @Test
    void perLineRoundingDiffersFromPerSeatRoundingWhereStripeSaysSo() {
        JsonNode example = cases().filter(node -> id(node).equals("O09")).findFirst().orElseThrow();
        JsonNode credit = example.get("lines").get(0);

        assertThat(credit.get("amount").asLong()).isNotEqualTo(credit.get("would_differ_under").get("per_unit_rounding").asLong());
    }

    /** 10 → 20 on day 10 without proration, back on the quoted day. */
    private static Quotation upAndDown(Change change) {
        Quotation up = in(change.period(), Instant.parse("2026-04-11T00:00:00Z"))
                .mode(change.mode())
                .unprorated()
                .from(plan("old", monthly(1000), 1))
                .to(plan("new", monthly(2000), 1));
        return change.from(up.items()).to(plan("old", monthly(1000), 1));
    }

    private static Quotation removalUnderCoupon(Change change) {
        Item kept = with(LARGE, FIVE_OFF);
        return change.from(billed(change.period(), with(SMALL, FIVE_OFF), kept)).to(kept);
    }

    private static Item item(String name, Price price, long quantity) {
        return Item.of(name, name, name, price, quantity);
    }

    private static Change change(JsonNode example) {
        Period period = new Period(second(example, "period_start"), second(example, "period_end"));
        BillingMode mode = BillingMode.valueOf(example.get("billing_mode").asString().toUpperCase(Locale.ROOT));
        return in(period, second(example, "proration_date")).mode(mode);
    }

    private static Instant second(JsonNode example, String field) {
        return Instant.ofEpochSecond(example.get(field).asLong());
    }

    static List<JsonNode> billableCases() {
        return cases().filter(example -> !id(example).equals("C36")).toList();
    }

    private static String id(JsonNode example) {
        return example.get("id").asString();
    }

    private static Stream<JsonNode> cases() {
        try (InputStream file = ProrationExamplesTest.class.getResourceAsStream("/stripe/proration-examples.json")) {
            return JsonMapper.shared().readTree(file).get("cases").valueStream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the file and our lines have in common. */
    private record Line(long amount, long quantity, boolean proration, long fullPeriodAmount, String fraction, String exact) {

        static Line of(JsonNode line) {
            return new Line(
                    line.get("amount").asLong(),
                    line.get("quantity").asLong(),
                    line.get("proration").asBoolean(),
                    line.get("full_period_amount").asLong(),
                    line.get("fraction").asString(),
                    line.get("exact").asString());
        }

        static Line of(InvoiceLine line) {
            return new Line(
                    line.amount().minor(),
                    line.quantity(),
                    line.proration(),
                    line.gross().minus(line.discount()).minor(),
                    line.fraction(),
                    line.exact());
        }
    }
}
