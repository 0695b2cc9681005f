package dev.headroom.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.revenue.EmptyLedger;
import dev.headroom.revenue.RevenueHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What would be is told of the ledger's own closed months, to whom revenue is told. */
@HeadroomTest
class ProjectionStoryTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String ASKED = """
            query ($assumptions: RevenueAssumptionsInput) { revenueProjection(currency: "EUR", assumptions: $assumptions) { from until observed standing rates { flow base assumed }
                opening { amountMinor } netPoints netLowPoints netHighPoints months { month opening { amountMinor } movements { flow amount { amountMinor } } closing { amountMinor } arr { amountMinor }
                low { amountMinor } high { amountMinor } arrLow { amountMinor } arrHigh { amountMinor } } } }""";
    private static boolean lived;

    @Autowired
    Stories stories;
    @Autowired
    Accounts accounts;
    @Autowired
    ApplicationContext context;

    private Story story;

    @BeforeEach
    void customersOfTwoYears() {
        story = stories.begin();
        if (!lived) {
            lived = true;
            EmptyLedger.make(stories.db());
            List<AccountId> ids = IntStream.range(0, 24).mapToObj(number -> accounts.meant(SELF, story.account("willow-" + number)).id()).toList();
            new RevenueHistory(context, Currency.getInstance("EUR"), story.key("team")).live(ids, stories.clock().instant());
        }
    }

    private JsonNode asked(Map<String, ?> assumptions) {
        return story.backend().ask(ASKED, "assumptions", assumptions).at("/revenueProjection");
    }

    @Test
    void ratesAreThoseOfTheClosedMonthsAndTheMonthsToComeGoOnFromThem() {
        JsonNode told = asked(Map.of());
        YearMonth from = YearMonth.parse(told.at("/from").asString());
        YearMonth until = YearMonth.parse(told.at("/until").asString());
        assertThat(from.plusMonths(12)).isEqualTo(until);
        JsonNode months = story.backend().ask("query ($from: String!, $until: String!) { revenueMonths(currency: \"EUR\", from: $from, until: $until) { closed opening { amountMinor } closing { amountMinor } movements { kind amount { amountMinor } } } }",
                "from", from.toString(), "until", until.plusMonths(1).toString()).at("/revenueMonths");

        assertThat(months.valueStream().map(each -> each.at("/closed").asBoolean()).toList()).as("all but the last").containsSubsequence(true, false).hasSize(13).doesNotContainSubsequence(false, true);
        assertThat(told.at("/opening")).isEqualTo(months.at("/11/closing")).isEqualTo(told.at("/months/0/opening"));
        BigDecimal shares = months.valueStream().limit(12).filter(each -> each.at("/opening/amountMinor").asLong() > 0).map(each -> lost(each).divide(BigDecimal.valueOf(each.at("/opening/amountMinor").asLong()), 18, RoundingMode.HALF_UP))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(told.at("/observed").asInt()).isEqualTo(12);
        assertThat(told.at("/standing").asString()).isEqualTo("BANDED");
        assertThat(told.at("/rates/0/flow").asString()).isEqualTo("CHURN");
        assertThat(new BigDecimal(told.at("/rates/0/base").asString())).isEqualByComparingTo(shares.divide(BigDecimal.valueOf(12), 18, RoundingMode.HALF_UP)).isNegative();
        assertThat(told.at("/rates/0/base")).isEqualTo(told.at("/rates/0/assumed"));

        long opening = told.at("/opening/amountMinor").asLong();
        for (JsonNode month : told.at("/months")) {
            assertThat(month.at("/opening/amountMinor").asLong()).isEqualTo(opening);
            opening += month.at("/movements").valueStream().mapToLong(each -> each.at("/amount/amountMinor").asLong()).sum();
            assertThat(month.at("/closing/amountMinor").asLong()).isEqualTo(opening);
            assertThat(month.at("/arr/amountMinor").asLong()).isEqualTo(12 * opening);
            assertThat(month.at("/low/amountMinor").asLong()).isLessThan(month.at("/high/amountMinor").asLong());
            assertThat(month.at("/arrLow/amountMinor").asLong()).isEqualTo(12 * month.at("/low/amountMinor").asLong());
        }
        assertThat(asked(Map.of())).as("always the same").isEqualTo(told);
    }

    private static BigDecimal lost(JsonNode month) {
        return month.at("/movements").valueStream().filter(each -> each.at("/kind").asString().equals("CHURN")).map(each -> BigDecimal.valueOf(each.at("/amount/amountMinor").asLong())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void whatIsAssumedChangesTheMonthsToCome() {
        long asItWas = end(asked(Map.of()));
        assertThat(end(asked(Map.of("churnPoints", 100)))).isLessThan(asItWas);
        assertThat(end(asked(Map.of("expansionPercent", 150)))).isGreaterThan(asItWas);
        assertThat(end(asked(Map.of("newBusinessPercent", 0)))).isLessThan(asItWas);
        JsonNode rise = asked(Map.of("priceRise", Map.of("month", 2, "points", 500)));
        assertThat(end(rise)).isGreaterThan(asItWas);
        assertThat(rise.at("/months/0")).isEqualTo(asked(Map.of()).at("/months/0"));
    }

    private static long end(JsonNode projection) {
        return projection.at("/months/11/closing/amountMinor").asLong();
    }

    @Test
    void whatCannotBeAssumedIsRefusedWithItsPath() {
        Map.of("assumptions.churnPoints", Map.of("churnPoints", 10_001), "assumptions.expansionPercent", Map.of("expansionPercent", -1), "assumptions.priceRise.month", Map.of("priceRise", Map.of("month", 13, "points", 500)))
                .forEach((field, assumptions) -> {
                    Api.Answer refused = story.backend().ask(ASKED, "assumptions", assumptions);
                    assertThat(refused.errorCode()).isEqualTo("INVALID_INPUT");
                    assertThat(refused.body().at("/errors/0/extensions/field").asString()).isEqualTo(field);
                });
        assertThat(story.backend().ask("{ revenueProjection(currency: \"XXX\") { observed } }").errorCode()).isEqualTo("UNSUPPORTED_CURRENCY");
    }

    @Test
    void onlyWhoMaySeeRevenueIsTold() {
        Api poor = stories.api(stories.secret(EnumSet.complementOf(EnumSet.of(Permission.REVENUE))));
        assertThat(poor.ask(ASKED).errorCode()).isEqualTo("FORBIDDEN");
    }
}
