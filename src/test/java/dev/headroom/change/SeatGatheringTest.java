package dev.headroom.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Interjection;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Seats that are asked for one after another make one invoice, and may be bought by being assigned. */
@HeadroomTest
class SeatGatheringTest {

    private static final Duration QUIET = Duration.ofMinutes(10);

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    SeatGatherings gatherings;

    @Autowired
    DSLContext db;

    @Autowired
    Interjection interjection;

    private Story story;
    private String acme;

    @BeforeEach
    void aTeamOfTwo() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 2);
        stories.pass(Duration.ofDays(3));
    }

    @Test
    void tenAsksMakeOneInvoiceOnceNobodyAsksForAnythingElse() throws StripeException {
        for (int seats = 3; seats <= 12; seats++) {
            assertThat(gather(seats).text("/gatherSeats/__typename")).isEqualTo("SeatsGathering");
            pass(Duration.ofMinutes(5));
        }
        JsonNode gathered = gathered();
        assertThat(gathered.at("/seats").asLong()).isEqualTo(12);
        assertThat(Instant.parse(gathered.at("/settlesAt").asString())).isEqualTo(Instant.parse(gathered.at("/askedAt").asString()).plus(QUIET));
        assertThat(gathered.at("/quote/quantity").asLong()).isEqualTo(12);
        assertThat(gathered.at("/promised/amountMinor").asLong()).isPositive();
        assertThat(bought()).isEqualTo(2);
        assertThat(invoices()).hasSize(1);

        pass(Duration.ofMinutes(5));
        assertThat(bought()).isEqualTo(12);
        assertThat(gathered().isNull()).isTrue();
        assertThat(invoices()).hasSize(2);
        assertThat(invoices().getFirst().getAmountDue()).isBetween(1L, gathered.at("/promised/amountMinor").asLong());
    }

    @Test
    void whoDoesNotWantToWaitBuysThemNowAndOnce() throws StripeException {
        gather(7).at("/gatherSeats/gathering");
        assertThat(settle().text("/settleSeats/outcome/__typename")).isEqualTo("PlanChanged");
        assertThat(bought()).isEqualTo(7);
        assertThat(settle().text("/settleSeats/__typename")).isEqualTo("NothingGathered");
        pass(QUIET);
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void askingForWhatIsThereTakesTheRestBack() {
        gather(7).at("/gatherSeats/gathering");
        assertThat(gather(2).text("/gatherSeats/why/rule")).isEqualTo("NOTHING_CHANGES");
        assertThat(gathered().isNull()).isTrue();
        assertThat(operations()).endsWith("gatherSeats", "giveUpGatheredSeats");
        assertThat(gather(0).errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void whatBecameDearerThanWasPromisedIsGivenUp() throws StripeException {
        gather(7).at("/gatherSeats/gathering");
        story.accept(story.token(acme, Map.of("plan", story.key("pro")))).at("/changePlan/change");
        pass(QUIET);

        assertThat(bought()).isEqualTo(2);
        assertThat(gathered().isNull()).isTrue();
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void whoeverDiesOverItBuysNothingTwice() throws StripeException {
        gather(7).at("/gatherSeats/gathering");
        // As if the worker had died after the seats were bought and before the gathering ended.
        story.accept(story.token(acme, Map.of("seats", 7))).at("/changePlan/change");
        pass(QUIET);
        assertThat(gathered().isNull()).isTrue();
        assertThat(bought()).isEqualTo(7);
        assertThat(invoices()).hasSize(2);
        assertThat(operations()).as("they were not given up").doesNotContain("giveUpGatheredSeats");
    }

    @Test
    void whatWouldSpoilThePromiseForADateIsBoughtAfterIt() {
        Instant date = stories.clock().instant().plus(Duration.ofDays(2));
        members(3);
        expand(5L);
        story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)), "at", date.toString()))).at("/changePlan/change");
        assertThat(List.of(assign(0), assign(1), assign(2))).containsOnly("SeatAssigned");
        pass(QUIET);
        assertThat(bought()).isEqualTo(2);
        assertThat(Instant.parse(gathered().at("/settlesAt").asString())).isEqualTo(date);

        pass(Duration.between(stories.clock().instant(), date).plusSeconds(1));
        pass(Duration.ofMinutes(3));
        assertThat(bought()).isEqualTo(3);
    }

    @Test
    void whatCannotBeBoughtWhileThePeriodRenewsIsBoughtThen() throws StripeException {
        Instant until = Instant.parse(subscription().at("/period/until").asString());
        stories.pass(Duration.between(stories.clock().instant(), until).minusMinutes(5));
        members(3);
        expand(5L);
        assertThat(List.of(assign(0), assign(1), assign(2))).containsOnly("SeatAssigned");
        stories.clock().advance(QUIET);

        assertThat(gatherings.sweep()).isEqualTo(1);
        assertThat(gathered().at("/seats").asLong()).isEqualTo(3);
        assertThat(settle().text("/settleSeats/why/rule")).isEqualTo("RENEWING");

        stories.settle();
        pass(Duration.ofMinutes(3));
        assertThat(bought()).isEqualTo(3);
    }

    @Test
    void twoSweepersBuyThemOnce() throws Exception {
        gather(7).at("/gatherSeats/gathering");
        stories.clock().advance(QUIET);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = List.of(threads.submit(gatherings::sweep), threads.submit(gatherings::sweep));
            assertThat(running.get(0).get() + running.get(1).get()).isEqualTo(1);
        }
        assertThat(bought()).isEqualTo(7);
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void whoDoesNotWantToWaitLeavesThemToWhoeverBuysThemAlready() throws StripeException {
        gather(7).at("/gatherSeats/gathering");
        stories.clock().advance(QUIET);
        AtomicReference<String> meanwhile = new AtomicReference<>();
        interjection.after("update \"change\".\"seat_gathering\"", () -> meanwhile.set(settle().text("/settleSeats/__typename")));

        assertThat(gatherings.sweep()).isEqualTo(1);

        assertThat(meanwhile.get()).isEqualTo("NothingGathered");
        assertThat(bought()).isEqualTo(7);
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void seatsAreBoughtAsTheyAreAssignedByWhoHasOptedInAndUpToTheCap() throws StripeException {
        members(6);
        assertThat(List.of(assign(0), assign(1), assign(2))).containsExactly("SeatAssigned", "SeatAssigned", "NoSeatFree");
        expand(5L);
        JsonNode expansion = subscription().at("/seatExpansion");
        assertThat(expansion.at("/mostSeats").asLong()).isEqualTo(5);
        assertThat(expansion.at("/optedInBy").asString()).startsWith("api-key:");

        assertThat(List.of(assign(2), assign(3), assign(4), assign(5))).containsExactly("SeatAssigned", "SeatAssigned", "SeatAssigned", "NoSeatFree");
        assertThat(gathered().at("/seats").asLong()).isEqualTo(5);
        assertThat(bought()).isEqualTo(2);
        pass(QUIET);

        assertThat(bought()).isEqualTo(5);
        assertThat(invoices()).hasSize(2);
        expand(null);
        assertThat(subscription().at("/seatExpansion").isNull()).isTrue();
        assertThat(assign(5)).isEqualTo("NoSeatFree");
        assertThat(operations()).contains("setSeatExpansion");
    }

    @RepeatedTest(2)
    void neverBeyondTheCapHoweverManyAreAssignedAtOnce() throws Exception {
        members(8);
        expand(5L);
        List<String> told;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> running = IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> assign(i))).toList();
            told = running.stream().map(SeatGatheringTest::got).toList();
        }
        assertThat(told).filteredOn("SeatAssigned"::equals).hasSize(5);
        pass(QUIET);
        assertThat(bought()).isEqualTo(5);
    }

    @Test
    void onlyWhoMaySpendGathersSettlesAndOptsIn() {
        Api reader = stories.api(stories.secret(Set.of(Permission.READ, Permission.QUOTE, Permission.ACCOUNTS)));
        assertThat(expand(reader, 5L).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(gather(reader, 5).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(expand(story.backend(), 0L).errorCode()).isEqualTo("INVALID_INPUT");
    }

    private static String got(Future<String> running) {
        try {
            return running.get();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private void pass(Duration duration) {
        stories.pass(duration);
        gatherings.sweep();
        stories.settle();
    }

    private Api.Answer gather(long seats) {
        return gather(story.backend(), seats);
    }

    private Api.Answer gather(Api api, long seats) {
        return api.ask("""
                mutation ($input: GatherSeatsInput!) { gatherSeats(input: $input) { __typename
                  ... on SeatsGathering { gathering { seats settlesAt } } ... on SeatsNotGathered { why { ... on ChangeNotAllowed { rule } } } } }""",
                "input", Map.of("account", acme, "seats", seats));
    }

    private Api.Answer settle() {
        return story.backend().ask("""
                mutation ($input: SettleSeatsInput!) { settleSeats(input: $input) { __typename
                  ... on SeatsSettled { outcome { __typename } } ... on SeatsPostponed { why { ... on ChangeNotAllowed { rule } } } ... on NothingGathered { subscription { id } } } }""", "input", Map.of("account", acme));
    }

    private void expand(@Nullable Long most) {
        expand(story.backend(), most).at("/setSeatExpansion/subscription");
    }

    private Api.Answer expand(Api api, @Nullable Long most) {
        Map<String, Object> input = new HashMap<>(Map.of("account", acme));
        input.put("mostSeats", most);
        return api.ask("mutation ($input: SetSeatExpansionInput!) { setSeatExpansion(input: $input) { ... on SeatExpansionSet { subscription { id } } } }",
                "input", input);
    }

    private void members(int count) {
        for (int i = 0; i < count; i++) {
            story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { key } } } }", "input", Map.of(
                    "idempotencyKey", UUID.randomUUID().toString(), "account", acme, "key", "m" + i, "name", "Member " + i,
                    "email", "m" + i + "@example.com")).at("/addMember/member");
        }
    }

    private String assign(int member) {
        return story.backend().ask("mutation ($input: SeatInput!) { assignSeat(input: $input) { __typename } }",
                "input", Map.of("account", acme, "member", "m" + member)).text("/assignSeat/__typename");
    }

    private JsonNode gathered() {
        return subscription().at("/gatheredSeats");
    }

    private long bought() {
        return subscription().at("/seats/bought").asLong();
    }

    private JsonNode subscription() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { period { until } seats { bought } seatExpansion { mostSeats optedInBy optedInAt }
                  gatheredSeats { seats promised { amountMinor } askedAt settlesAt quote { ... on Quote { quantity } } } } } }""", "key", acme)
                .at("/account/subscription");
    }

    private List<String> operations() {
        return db.fetch("select operation from audit.entry where account_id = ? order by at, id", accounts.meant(new Actor.System("test"), acme).id().value())
                .map(row -> row.get(0, String.class));
    }

    private List<Invoice> invoices() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData();
    }
}
