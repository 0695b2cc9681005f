package dev.headroom.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.Api;
import dev.headroom.Api.Answer;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import dev.headroom.id.Ids;
import dev.headroom.revenue.EmptyLedger;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.JsonNode;

/** Finance says what currencies are in another one, and revenue is told by it; what was told of a closed month changes only with a reason. */
@HeadroomTest
class ReportingStoryTest {

    private static final String ALL = "{ __typename ... on RevenueAtRates { rates { fixed rates { currency rate month } } months(from: $from, until: $until) { month closed opening { amountMinor } "
            + "movements { kind amount { amountMinor } } closing { amountMinor currency } } retention(from: $from, until: $until) { netPoints start { amountMinor } end { amountMinor } } "
            + "cohorts(from: $from, until: $until) { start { amountMinor } cells { mrr { amountMinor } lost { amountMinor } grossPoints } } "
            + "segments(by: PRODUCT, from: $from, until: $until) { key closing { amountMinor } } } ... on ReportingRatesMissing { currency month currencies } }";

    @Autowired
    Stories stories;
    @Autowired
    DSLContext db;

    private Story story;

    @BeforeEach
    void begin() {
        EmptyLedger.make(db);
        story = stories.begin();
    }

    @Test
    void aRateStandsFromItsMonthOnUntilAnotherBegins() {
        story.subscribed("acme", "team", 5);
        String in = "GBP";
        set(in, null, rate("EUR", "1971-03", "0.85"), rate("USD", "1971-03", "0.8"), rate("JPY", "1971-03", "0.0052"), rate("USD", "1971-06", "0.9000"));

        assertThat(stands(in, "1971-05", "USD")).isEqualTo("0.8");
        assertThat(stands(in, "1971-06", "USD")).isEqualTo("0.9");
        assertThat(stands(in, "1972-01", "USD")).isEqualTo("0.9");
    }

    @Test
    void aMissingRateIsAnAnswerThatNamesCurrencyAndMonth() {
        story.subscribed("acme", "team", 5);
        Answer answer = told(story.backend(), "EUR", "1970-01", "1970-01", "1970-03");

        assertThat(answer.text("/revenueAtRates/__typename")).isEqualTo("ReportingRatesMissing");
        assertThat(answer.text("/revenueAtRates/currency")).isEqualTo("EUR");
        assertThat(answer.text("/revenueAtRates/month")).isEqualTo("1970-01");
        assertThat(answer.at("/revenueAtRates/currencies").valueStream().map(JsonNode::asString)).contains("USD").doesNotContain("EUR");
    }

    @Test
    void whatIsToldInOneCurrencyAddsUpAndIsTheSumOfEachByItsRate() {
        story.subscribed("acme", "team", 5);
        String now = now().toString();
        set("JPY", "a test's", rate("EUR", now, "164.25"), rate("USD", now, "151.5"), rate("GBP", now, "190.01"));
        String until = now().plusMonths(1).toString();
        JsonNode told = told(story.backend(), "JPY", now, now().minusMonths(3).toString(), until).at("/revenueAtRates");

        assertThat(told.at("/rates/fixed").asBoolean()).isFalse();
        long opening = told.at("/months/0/opening/amountMinor").asLong();
        for (JsonNode month : told.at("/months")) {
            assertThat(month.at("/opening/amountMinor").asLong()).isEqualTo(opening);
            opening += month.at("/movements").valueStream().mapToLong(each -> each.at("/amount/amountMinor").asLong()).sum();
            assertThat(month.at("/closing/amountMinor").asLong()).isEqualTo(opening);
            assertThat(month.at("/closing/currency").asString()).isEqualTo("JPY");
        }
        double exact = Stream.of("EUR 1.6425", "USD 1.515", "GBP 1.9001", "JPY 1").map(each -> each.split(" ")).mapToDouble(each -> Double.parseDouble(each[1]) * closing(each[0], now, until)).sum();
        assertThat(Math.abs(exact - opening)).isLessThan(0.51);
        assertThat(opening).isPositive();
        long pieces = told.at("/segments").valueStream().mapToLong(each -> each.at("/closing/amountMinor").asLong()).sum();
        assertThat(Math.abs(pieces - opening)).isLessThanOrEqualTo(told.at("/segments").size() / 2 + 1);
        assertThat(told.at("/cohorts").size()).isEqualTo(4);
        assertThat(told.at("/retention/0/start/amountMinor").isNumber()).isTrue();
    }

    @Test
    void growthWhatIfAndWhoWasRetainedAreToldInOneCurrencyAsWell() {
        story.subscribed("acme", "team", 5);
        String now = now().toString();
        set("JPY", "a test's", rate("EUR", now, "164.25"), rate("USD", now, "151.5"), rate("GBP", now, "190.01"));
        Answer answer = story.backend().ask("query ($month: String!, $from: String!, $until: String!) { revenueAtRates(currency: \"JPY\", month: $month) { ... on RevenueAtRates { "
                + "metrics(kinds: [EXPANSION_SHARE, EXPANSION_VELOCITY, LOGO_RETENTION], from: $from, until: $until) { kind value numerator { money { amountMinor currency } count movements { currency } inEach { money { amountMinor currency } movements { currency kinds } } } "
                + "denominator { money { amountMinor } count inEach { count money { amountMinor currency } } } } projection { standing opening { currency } months { month } } "
                + "retained(from: $from, until: $until) { sum { accounts start { currency } } parts { accounts start { currency } } } retention(definition: ACCOUNTS, from: $from, until: $until) { start { amountMinor } } } } }",
                "month", now, "from", now().minusMonths(2).toString(), "until", now().plusMonths(1).toString());
        JsonNode share = answer.at("/revenueAtRates/metrics/0");
        assertThat(share.at("/numerator/money/currency").asString()).isEqualTo("JPY");
        assertThat(share.at("/numerator/movements").isNull()).as("each currency has its own").isTrue();
        assertThat(share.at("/numerator/inEach").valueStream().map(each -> each.at("/movements/currency").asString())).contains("USD", "JPY").doesNotHaveDuplicates();
        double exact = share.at("/denominator/inEach").valueStream().mapToDouble(each -> each.at("/money/amountMinor").asLong() * switch (each.at("/money/currency").asString()) {
            case "EUR" -> 1.6425;
            case "USD" -> 1.515;
            case "GBP" -> 1.9001;
            case String other -> 1;
        }).sum();
        assertThat(Math.abs(exact - share.at("/denominator/money/amountMinor").asLong())).as("the exact sum, rounded once").isLessThan(0.51);
        assertThat(exact).isPositive();
        assertThat(answer.at("/revenueAtRates/metrics/1/denominator/count").asInt()).as("the same months in each").isEqualTo(3);
        assertThat(answer.at("/revenueAtRates/projection/opening/currency").asString()).isEqualTo("JPY");
        assertThat(answer.at("/revenueAtRates/retained/sum/start/currency").asString()).isEqualTo("JPY");
    }

    private long closing(String currency, String from, String until) {
        return story.backend().ask("query ($c: String!, $f: String!, $u: String!) { revenueMonths(currency: $c, from: $f, until: $u) { closing { amountMinor } } }", "c", currency, "f", from, "u", until)
                .at("/revenueMonths/0/closing/amountMinor").asLong();
    }

    @Test
    void whatStandsInAClosedMonthChangesOnlyByACorrectionThatSaysWhy() {
        story.subscribed("acme", "team", 5);
        String in = "JPY";
        set(in, null, rate("EUR", "1974-01", "160"), rate("GBP", "1974-01", "190"), rate("USD", "1974-01", "150"));
        JsonNode before = told(story.backend(), in, "1974-02", "1974-01", "1974-04").body();

        Answer refused = ask(in, null, Ids.next().toString(), rate("USD", "1974-02", "151.5"), rate("GBP", "1974-01", "190"));
        assertThat(refused.text("/setReportingRates/__typename")).isEqualTo("ReportingRatesFixed");
        assertThat(refused.at("/setReportingRates/fixed").size()).as("the other one says nothing new").isOne();
        assertThat(refused.text("/setReportingRates/fixed/0/rate")).isEqualTo("150");
        set(in, null, rate("USD", now().plusMonths(1).toString(), "152"));
        assertThat(told(story.backend(), in, "1974-02", "1974-01", "1974-04").body().at("/data")).as("a month closed stays").isEqualTo(before.at("/data"));

        JsonNode corrected = set(in, "The bank's was mistyped", rate("USD", "1974-02", "151.5"));
        assertThat(corrected.at("/0/correction").asString()).isEqualTo("The bank's was mistyped");
        JsonNode written = story.backend().ask("{ auditEntries(filter: {subject: \"reportingRates\"}, first: 1) { edges { node { operation reason } } } }").at("/auditEntries/edges/0/node");
        assertThat(written.at("/operation").asString() + ": " + written.at("/reason").asString()).isEqualTo("setReportingRates: The bank's was mistyped");
        assertThat(stands(in, "1974-02", "USD")).isEqualTo("151.5");
        assertThat(stands(in, "1974-01", "USD")).isEqualTo("150");
        assertThat(told(story.backend(), in, "1974-02", "1974-01", "1974-04").at("/revenueAtRates/rates/fixed").asBoolean()).isTrue();
    }

    @Test
    void theSameKeyAddsOnceAndEntriesAreNeverChanged() {
        String key = Ids.next().toString();
        JsonNode first = ask("EUR", null, key, rate("GBP", "1979-01", "1.17")).at("/setReportingRates/rates");
        JsonNode again = ask("EUR", null, key, rate("GBP", "1979-01", "1.17")).at("/setReportingRates/rates");

        assertThat(first.size()).isOne();
        assertThat(again).isEqualTo(first);
        assertThat(ask("EUR", null, key, rate("GBP", "1979-01", "1.18")).errorCode()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(ask("EUR", null, Ids.next().toString(), rate("GBP", "1979-01", "1.170")).at("/setReportingRates/rates").size()).as("said already").isZero();
        for (String change : List.of("update reporting.rate set rate = 2", "delete from reporting.rate", "truncate reporting.rate")) {
            assertThatThrownBy(() -> db.execute(change)).as(change).isInstanceOf(DataAccessException.class).hasMessageContaining("never changed");
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(field(rate("USD", "1980-01", "1.1"))).isEqualTo("input.rates.0.currency");
        assertThat(field(rate("EUR", "1980-01", "1.1"), rate("EUR", "1980-01", "1.2"))).isEqualTo("input.rates.1");
        for (String mistyped : List.of("0", "-1", "1000000.1", "0.0000000000001", "a", "", "1e5", "9".repeat(100_000))) {
            assertThat(field(rate("EUR", "1980-01", mistyped))).as(mistyped).isEqualTo("input.rates.0.rate");
        }
        assertThat(field(rate("EUR", "1980-13", "1"))).isEqualTo("input.rates.0.month");
        assertThat(field()).isEqualTo("input.rates");
    }

    private String field(Object... rates) {
        Answer answer = ask("USD", null, Ids.next().toString(), rates);
        assertThat(answer.errorCode()).isEqualTo("INVALID_INPUT");
        return answer.body().at("/errors/0/extensions/field").asString();
    }

    @Test
    void onlyWhoMaySeeRevenueSeesRates() {
        Api poor = stories.api(stories.secret(EnumSet.complementOf(EnumSet.of(Permission.REVENUE))));
        for (String query : List.of(
                "{ reportingRates(currency: \"USD\") { rate } }", "{ revenueAtRates(currency: \"USD\", month: \"2026-01\") { __typename } }",
                "mutation { setReportingRates(input: {currency: \"USD\", rates: [{currency: \"EUR\", month: \"2026-01\", rate: \"1\"}], idempotencyKey: \"k\"}) { __typename } }")) {
            assertThat(poor.ask(query).errorCode()).as(query).isEqualTo("FORBIDDEN");
        }
        set("EUR", null, rate("JPY", "1979-01", "0.0061"));
        assertThat(story.backend().ask("{ reportingRates(currency: \"EUR\", first: 1) { currency in rate number } }").text("/reportingRates/0/rate")).isEqualTo("0.0061");
    }

    private YearMonth now() {
        return YearMonth.from(stories.clock().instant().atZone(ZoneOffset.UTC));
    }

    private static Map<String, String> rate(String currency, String month, String rate) {
        return Map.of("currency", currency, "month", month, "rate", rate);
    }

    private JsonNode set(String in, String correction, Object... rates) {
        Answer answer = ask(in, correction, Ids.next().toString(), rates);
        assertThat(answer.text("/setReportingRates/__typename")).as("%s", answer.body()).isEqualTo("ReportingRatesSet");
        return answer.at("/setReportingRates/rates");
    }

    private Answer ask(String in, String correction, String key, Object... rates) {
        Map<String, Object> input = new HashMap<>(Map.of("currency", in, "rates", new ArrayList<>(List.of(rates)), "idempotencyKey", key));
        if (correction != null) {
            input.put("correction", correction);
        }
        return story.backend().ask("mutation ($input: SetReportingRatesInput!) { setReportingRates(input: $input) { __typename ... on ReportingRatesSet { rates { number currency month rate correction } } "
                + "... on ReportingRatesFixed { fixed { rate } } } }", "input", input);
    }

    private String stands(String in, String month, String currency) {
        return told(story.backend(), in, month, month, YearMonth.parse(month).plusMonths(1).toString()).at("/revenueAtRates/rates/rates").valueStream()
                .filter(each -> each.at("/currency").asString().equals(currency)).map(each -> each.at("/rate").asString()).findFirst().orElse("nothing");
    }

    private static Answer told(Api api, String in, String month, String from, String until) {
        return api.ask("query ($in: String!, $month: String!, $from: String!, $until: String!) { revenueAtRates(currency: $in, month: $month) " + ALL + " }", "in", in, "month", month, "from", from, "until", until);
    }
}
