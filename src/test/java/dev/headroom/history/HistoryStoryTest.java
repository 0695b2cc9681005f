package dev.headroom.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.revenue.EmptyLedger;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementPages;
import dev.headroom.revenue.RevenueMovement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A file of history is looked at whole, then brought, account by account; in pounds, in years before anything else here was booked in them. */
@HeadroomTest
class HistoryStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final String HEAD = "account,name,email,currency,from,plan,mrr,kind\n";
    private static final String SHOWN = "{ id state placed counts { lines wrong accounts fresh known refused movements } mistakes(first: 100) { line column account problem value expected } }";
    private static final Duration OVER_A_LEASE = Duration.ofMinutes(6);

    @Autowired
    Stories stories;
    @Autowired
    HistoryWorks works;
    @Autowired
    ApplicationContext context;
    @Autowired
    Accounts accounts;
    @Autowired
    MovementPages pages;
    @Autowired
    DSLContext db;

    private Story story;

    @BeforeEach
    void begin() {
        FinishedHistories.finish(context);
        EmptyLedger.make(db);
        story = stories.begin();
    }

    @Test
    void aFileIsLookedAtAndThenBrought() {
        String file = HEAD + line("acme", "1972-03-01", "starter", "50.00", "") + line("acme", "1972-08-15", "pro", "99.00", "UPSELL") + line("acme", "1972-09-01", "pro", "99.00", "")
                + line("gone", "1972-04", "starter", "20", "") + line("gone", "1973-01-31", "starter", "0", "");
        JsonNode looked = looked(story.backend(), file);

        assertThat(looked.at("/state").asString()).isEqualTo("LOOKED_AT");
        assertThat(counts(looked)).isEqualTo("lines 5 wrong 0 accounts 2 fresh 2 known 0 refused 0 movements 4");
        assertThat(looked.at("/mistakes")).isEmpty();
        assertThat(accounts.byKeys(SELF, Set.of(story.key("acme"), story.key("gone")))).as("nothing is written").isEmpty();

        JsonNode brought = brought(story.backend(), looked);
        assertThat(brought.at("/state").asString()).isEqualTo("BROUGHT");
        assertThat(counts(brought)).isEqualTo(counts(looked));
        assertThat(told("acme")).containsExactly("1972-03 NEW 5000", "1972-08 UPSELL 4900");
        assertThat(told("gone")).containsExactly("1972-04 NEW 2000", "1973-01 CHURN -2000");
        assertThat(account("gone").email()).isEqualTo("gone@example.com");

        JsonNode again = looked(story.backend(), file + line("acme", "1973-02-01", "pro", "120.00", ""));
        assertThat(counts(again)).as("what was brought is left out").isEqualTo("lines 6 wrong 0 accounts 2 fresh 0 known 1 refused 0 movements 1");
        brought(story.backend(), again);
        assertThat(told("acme")).containsExactly("1972-03 NEW 5000", "1972-08 UPSELL 4900", "1973-02 PRICE_INCREASE 2100");
    }

    @Test
    void anAccountComesWholeOrNotAtAllAndEveryReasonIsToldWithItsPlace() {
        String other = story.account("other");
        JsonNode looked = looked(story.backend(), HEAD + line("good", "1972-03-01", "starter", "50.00", "")
                + line("wrong", "1972-03-01", "starter", "50.00", "") + line("wrong", "1972-04-01", "starter", "fifty", "")
                + line("twice", "1972-03-01", "starter", "50.00", "") + line("twice", "1972-03-01", "starter", "60.00", "")
                + line("later", "2999-03-01", "starter", "50.00", "") + line("kind", "1972-03-01", "starter", "50.00", "CHURN")
                + ",No one,none@example.com,GBP,1972-03-01," + story.key("starter") + ",10,\n"
                + other + ",=1+1,x@example.com,GBP,1972-03-01," + story.key("starter") + ",10,\n"
                + story.key("mail") + ",=1+1,,GBP,1972-03-01," + story.key("starter") + ",10,\n");

        assertThat(counts(looked)).isEqualTo("lines 10 wrong 2 accounts 7 fresh 1 known 0 refused 6 movements 1");
        assertThat(looked.at("/mistakes").valueStream().map(each -> each.at("/line").asInt() + " " + each.at("/column").asString() + " " + each.at("/problem").asString()))
                .containsExactly("4 mrr VALUE", "6 from SAME_DAY", "7 from IN_FUTURE", "8 kind KIND_CONTRADICTS", "9 account VALUE", "10 currency CURRENCY", "11 email VALUE");
        brought(story.backend(), looked);
        assertThat(told("good")).containsExactly("1972-03 NEW 5000");
        assertThat(accounts.byKeys(SELF, Set.of(story.key("wrong"), story.key("twice"), story.key("later"), story.key("kind"), story.key("mail")))).isEmpty();
        assertThat(download(looked)).contains("4,mrr," + story.key("wrong") + ",VALUE,fifty,").doesNotContain("\n=").hasLineCount(8);
    }

    @Test
    void whoIsKilledInTheMiddleGoesOnAndLeavesNothingOutAndNothingTwice() {
        List<String> names = IntStream.range(0, 6).mapToObj(number -> "k" + number).toList();
        JsonNode looked = looked(story.backend(), names.stream().map(name -> line(name, "1974-03-01", "starter", "10.00", "")).collect(Collectors.joining("", HEAD, "")));
        ask(story.backend(), "bringRevenueHistory", "BringRevenueHistoryInput", Map.of("idempotencyKey", UUID.randomUUID().toString(), "history", looked.at("/id").asString()));
        db.execute("alter table history.run add constraint killed check (position <> '" + story.key("k3") + "')");
        assertThat(works.step()).isTrue();
        assertThat(told("k2")).hasSize(1);
        assertThat(accounts.byKeys(SELF, Set.of(story.key("k3")))).as("neither account nor movement").isEmpty();
        db.execute("alter table history.run drop constraint killed");

        assertThat(works.step()).as("somebody may be at it still").isFalse();
        stories.clock().advance(OVER_A_LEASE);
        FinishedHistories.finish(context);
        assertThat(counts(shown(story.backend(), looked))).isEqualTo("lines 6 wrong 0 accounts 6 fresh 6 known 0 refused 0 movements 6");
        assertThat(names).allSatisfy(name -> assertThat(told(name)).containsExactly("1974-03 NEW 1000"));
    }

    @Test
    void whatCannotGoOnFailsWithItsReasonUntilSomebodyTriesAgain() {
        JsonNode looked = looked(story.backend(), HEAD + line("f1", "1974-03-01", "starter", "10.00", "") + line("f2", "1974-03-01", "starter", "10.00", ""));
        Map<String, Object> which = Map.of("history", looked.at("/id").asString());
        assertThat(code(story.backend(), "retryRevenueHistory", "RevenueHistoryInput", which)).isEqualTo("CONFLICT");
        ask(story.backend(), "bringRevenueHistory", "BringRevenueHistoryInput", Map.of("idempotencyKey", UUID.randomUUID().toString(), "history", looked.at("/id").asString()));
        assertThat(code(story.backend(), "discardRevenueHistory", "RevenueHistoryInput", which)).isEqualTo("CONFLICT");
        db.execute("alter table history.run add constraint failing check (position <> '" + story.key("f2") + "')");
        for (int attempt = 0; attempt < 3; attempt++) {
            FinishedHistories.finish(context);
            stories.clock().advance(OVER_A_LEASE);
        }
        db.execute("alter table history.run drop constraint failing");
        assertThat(works.step()).as("nobody tries for ever").isFalse();
        JsonNode failed = shown(story.backend(), looked, "{ state failure { in reason } }");
        assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
        assertThat(failed.at("/failure/in").asString()).isEqualTo("BRINGING");
        assertThat(failed.at("/failure/reason").asString()).startsWith("Something went wrong on our side; incident ");
        assertThat(told("f1")).hasSize(1);
        Api finance = stories.api(stories.secret(Set.of(Permission.READ, Permission.REVENUE)));
        assertThat(code(finance, "retryRevenueHistory", "RevenueHistoryInput", which)).as("it brings").isEqualTo("FORBIDDEN");

        assertThat(ask(story.backend(), "retryRevenueHistory", "RevenueHistoryInput", which).at("/state").asString()).isEqualTo("BRINGING");
        FinishedHistories.finish(context);
        assertThat(counts(shown(story.backend(), looked))).isEqualTo("lines 2 wrong 0 accounts 2 fresh 2 known 0 refused 0 movements 2");
        assertThat(told("f1")).hasSize(1);
        assertThat(told("f2")).hasSize(1);
    }

    @Test
    void whatWasSaidOfPeopleIsNotKeptLongerThanItIsNeeded() {
        String file = HEAD + line("keep", "1974-03-01", "starter", "10.00", "") + story.key("bad") + ",Ada,no address,GBP,1974-03-01," + story.key("starter") + ",10,\n";
        JsonNode brought = brought(story.backend(), looked(story.backend(), file));
        assertThat(brought.at("/mistakes/0/column").asString()).isEqualTo("email");
        assertThat(brought.at("/mistakes/0/value").isNull()).isTrue();
        assertThat(said(brought)).isZero();

        JsonNode looked = looked(story.backend(), file);
        assertThat(said(looked)).isEqualTo(2);
        assertThat(ask(story.backend(), "discardRevenueHistory", "RevenueHistoryInput", Map.of("history", looked.at("/id").asString())).at("/state").asString()).isEqualTo("DISCARDED");
        assertThat(said(looked)).isZero();
        assertThat(shown(story.backend(), looked).at("/mistakes")).isEmpty();
        String open = open(story.backend());
        add(story.backend(), open, 1, file, false);
        ask(story.backend(), "discardRevenueHistory", "RevenueHistoryInput", Map.of("history", open));
        assertThat(db.fetchCount(DSL.table("history.part"), DSL.condition("run_id = {0}::uuid", DSL.val(open)))).isZero();
    }

    private int said(JsonNode history) {
        return db.fetchCount(DSL.table("history.line"), DSL.condition("run_id = {0}::uuid", DSL.val(history.at("/id").asString())));
    }

    @Test
    void aFileComesInPiecesThatEndAnywhereAndMayBeSentAgain() {
        String file = HEAD + line("piece", "1972-03-01", "starter", "50.00", "");
        String id = open(story.backend());
        add(story.backend(), id, 1, file.substring(0, 60), false);
        add(story.backend(), id, 1, file.substring(0, 60), false);
        assertThat(refusal(id, 1, "another text")).isEqualTo("CONFLICT");
        assertThat(refusal(id, 3, "out of turn")).isEqualTo("CONFLICT");
        add(story.backend(), id, 2, file.substring(60), true);
        assertThat(add(story.backend(), id, 2, file.substring(60), true).at("/state").asString()).isEqualTo("READING");
        assertThat(refusal(id, 3, "more")).isEqualTo("CONFLICT");
        FinishedHistories.finish(context);
        assertThat(add(story.backend(), id, 2, "", true).at("/counts/movements").asInt()).isOne();
    }

    @Test
    void whatItDoesToTheFiguresIsToldBeforeAndAfter() {
        LocalDate today = stories.clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
        JsonNode looked = looked(story.backend(), HEAD + line("fig", "1972-03-01", "starter", "50.00", "") + line("fig", today.toString(), "pro", "70.00", ""));
        String report = "{ state currencies { currency closed months { month without { amountMinor } movements { kind amount { amountMinor } movements } with { amountMinor } } "
                + "without { start { amountMinor } end { amountMinor } } with { start { amountMinor } end { amountMinor } } } }";
        JsonNode before = shown(story.backend(), looked, report).at("/currencies/0");

        assertThat(before.at("/currency").asString()).isEqualTo("GBP");
        assertThat(before.at("/closed").asBoolean()).isFalse();
        JsonNode months = before.at("/months");
        assertThat(months.size()).isEqualTo(120);
        JsonNode last = months.get(119);
        assertThat(last.at("/movements/0/kind").asString()).isEqualTo("UPSELL");
        assertThat(last.at("/with/amountMinor").asLong() - last.at("/without/amountMinor").asLong()).isEqualTo(70_00);
        assertThat(months.get(118).at("/with/amountMinor").asLong() - months.get(118).at("/without/amountMinor").asLong()).isEqualTo(50_00);
        assertThat(before.at("/with/start/amountMinor").asLong() - before.at("/without/start/amountMinor").asLong()).isEqualTo(50_00);

        brought(story.backend(), looked);
        JsonNode after = shown(story.backend(), looked, report).at("/currencies/0");
        assertThat(after).as("with the file, and without it, is the same from the other side").isEqualTo(before);
    }

    @Test
    void whoSeesRevenueMayLookAndOnlyWhoMayAdministerBringsOrCloses() {
        Api finance = stories.api(stories.secret(Set.of(Permission.READ, Permission.REVENUE)));
        Api reader = stories.api(stories.secret(Set.of(Permission.READ, Permission.ADMIN)));
        JsonNode looked = looked(finance, HEAD + line("may", "1972-03-01", "starter", "50.00", ""));

        assertThat(code(finance, "bringRevenueHistory", "BringRevenueHistoryInput", Map.of("idempotencyKey", "x", "history", looked.at("/id").asString()))).isEqualTo("FORBIDDEN");
        assertThat(code(finance, "closeRevenueHistory", "CloseRevenueHistoryInput", Map.of("currency", "GBP"))).isEqualTo("FORBIDDEN");
        assertThat(code(reader, "openRevenueHistory", "OpenRevenueHistoryInput", Map.of("idempotencyKey", "x", "name", "x"))).isEqualTo("FORBIDDEN");
        assertThat(code(reader, "bringRevenueHistory", "BringRevenueHistoryInput", Map.of("idempotencyKey", "x", "history", looked.at("/id").asString()))).isEqualTo("FORBIDDEN");
        assertThat(reader.ask("{ revenueHistories { id } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(told("may")).isEmpty();
        Map<String, Object> bring = Map.of("idempotencyKey", UUID.randomUUID().toString(), "history", looked.at("/id").asString());
        ask(story.backend(), "bringRevenueHistory", "BringRevenueHistoryInput", bring);
        assertThat(ask(story.backend(), "bringRevenueHistory", "BringRevenueHistoryInput", bring).at("/state").asString()).as("once under its key").isEqualTo("BRINGING");
        FinishedHistories.finish(context);
        assertThat(code(story.backend(), "bringRevenueHistory", "BringRevenueHistoryInput", Map.of("idempotencyKey", "other", "history", looked.at("/id").asString()))).isEqualTo("CONFLICT");
    }

    private String line(String account, String from, String plan, String mrr, String kind) {
        return story.key(account) + "," + account + "," + account + "@example.com,GBP," + from + "," + story.key(plan) + "," + mrr + "," + kind + "\n";
    }

    private JsonNode looked(Api by, String file) {
        String id = open(by);
        add(by, id, 1, file, true);
        FinishedHistories.finish(context);
        return by.ask("query ($id: ID!) { revenueHistory(id: $id) " + SHOWN + " }", "id", id).at("/revenueHistory");
    }

    private JsonNode brought(Api by, JsonNode looked) {
        ask(by, "bringRevenueHistory", "BringRevenueHistoryInput", Map.of("idempotencyKey", UUID.randomUUID().toString(), "history", looked.at("/id").asString()));
        FinishedHistories.finish(context);
        return shown(by, looked);
    }

    private JsonNode shown(Api by, JsonNode history) {
        return shown(by, history, SHOWN);
    }

    private static JsonNode shown(Api by, JsonNode history, String fields) {
        return by.ask("query ($id: ID!) { revenueHistory(id: $id) " + fields + " }", "id", history.at("/id").asString()).at("/revenueHistory");
    }

    private static String open(Api by) {
        return ask(by, "openRevenueHistory", "OpenRevenueHistoryInput", Map.of("idempotencyKey", UUID.randomUUID().toString(), "name", "past.csv")).at("/id").asString();
    }

    private static JsonNode add(Api by, String id, int number, String text, boolean last) {
        return ask(by, "addToRevenueHistory", "AddToRevenueHistoryInput", Map.of("history", id, "number", number, "text", text, "last", last));
    }

    private String refusal(String id, int number, String text) {
        return code(story.backend(), "addToRevenueHistory", "AddToRevenueHistoryInput", Map.of("history", id, "number", number, "text", text, "last", false));
    }

    private static JsonNode ask(Api by, String mutation, String type, Map<String, Object> input) {
        return by.ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) " + SHOWN + " }", "input", input).at("/" + mutation);
    }

    private static String code(Api by, String mutation, String type, Map<String, Object> input) {
        return by.ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) { __typename } }", "input", input).errorCode();
    }

    private static String counts(JsonNode history) {
        return history.at("/counts").properties().stream().map(each -> each.getKey() + " " + each.getValue().asInt()).collect(Collectors.joining(" "));
    }

    private Account account(String name) {
        return accounts.byKeys(SELF, Set.of(story.key(name))).get(story.key(name));
    }

    private List<String> told(String name) {
        return accounts.byKeys(SELF, Set.of(story.key(name))).values().stream()
                .flatMap(account -> pages.page(SELF, new MovementFilter(null, null, null, Set.of(), account.id().value(), null, null, null), null, 100).reversed().stream())
                .map(HistoryStoryTest::told).toList();
    }

    private static String told(RevenueMovement movement) {
        return movement.month() + " " + movement.kind() + " " + movement.amount().minor();
    }

    private String download(JsonNode history) {
        String path = story.backend().ask("query ($id: ID!) { revenueHistory(id: $id) { csv } }", "id", history.at("/id").asString()).text("/revenueHistory/csv");
        try {
            return HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(stories.url() + path)).header("Authorization", "Bearer " + story.backend().credential()).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
