package dev.headroom.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.sun.net.httpserver.HttpServer;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Mortality;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.invoice.Invoice;
import dev.headroom.invoice.Invoices;
import dev.headroom.postgres.Outages;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** However Stripe's events arrive, what we have is what Stripe has, and nothing is done twice. */
@HeadroomTest
@ExtendWith(OutputCaptureExtension.class)
class WebhookStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @Autowired
    Stories stories;

    @Autowired
    StripeInbox inbox;

    @Autowired
    StripeWebhooks endpoints;

    @Autowired
    WebhookRepository webhooks;

    @Autowired
    InboxRepository stored;

    @Autowired
    StripeEvents events;

    @Autowired
    Mortality mortality;

    @Autowired
    StatementCounter statements;

    @Autowired
    StripeClient stripe;

    @Autowired
    StripeConnection connection;

    @Autowired
    Outages outages;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    Accounts accounts;

    @Autowired
    Invoices invoices;

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private HttpServer post;
    private String address;
    private Story story;
    private String acme;

    /** An event as Stripe sent it, for the test to hand on when and as often as it likes. */
    private record Sent(String body, String signature) {}

    @BeforeEach
    void eventsAreHeldBackOnTheirWay() throws IOException {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.settle();
        post = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        post.createContext("/", exchange -> {
            sent.add(new Sent(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), exchange.getRequestHeaders().getFirst("Stripe-Signature")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        post.start();
        address = "http://127.0.0.1:" + post.getAddress().getPort() + "/";
        endpoints.register(address);
    }

    @AfterEach
    void stripeSendsNoMore() throws StripeException {
        for (WebhookRepository.Webhook mine : webhooks.valid(stories.clock().instant())) {
            if (mine.url().equals(address)) {
                stripe.v1().webhookEndpoints().delete(mine.stripeId());
                webhooks.delete(mine);
            }
        }
        post.stop(0);
    }

    @Test
    void whatManyEventsTellOfIsLookedAtOnce() throws StripeException {
        buyAtStripe(9);
        buyAtStripe(8);
        buyAtStripe(7);
        sent().forEach(event -> assertThat(status(event)).isEqualTo(204));
        int asked = wire.requests();

        assertThat(inbox.drain().handled()).isGreaterThanOrEqualTo(3);
        assertThat(wire.requests() - asked).as("requests of one look").isLessThanOrEqualTo(2);
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(7);
    }

    @Test
    void anEventThatArrivesTwiceIsWorkedOnOnce() throws StripeException {
        buyAtStripe(7);
        List<Sent> events = sent();

        events.forEach(event -> assertThat(status(event)).isEqualTo(204));
        events.forEach(event -> assertThat(status(event)).isEqualTo(204));
        assertThat(inbox.drain().handled()).isPositive().isLessThanOrEqualTo(events.size());
        JsonNode once = seen();
        events.forEach(event -> assertThat(status(event)).isEqualTo(204));

        assertThat(inbox.drain().handled()).isZero();
        assertThat(once.at("/subscription/seats/bought").asLong()).isEqualTo(7);
        assertThat(once.at("/movements").size()).isEqualTo(2);
        assertThat(seen()).isEqualTo(once);
    }

    @Test
    void eventsThatArriveInTheWrongOrderEndWhereStripeIs() throws StripeException {
        buyAtStripe(9);
        List<Sent> first = sent();
        buyAtStripe(4);
        List<Sent> last = sent();

        last.reversed().forEach(event -> assertThat(status(event)).isEqualTo(204));
        inbox.drain();
        JsonNode early = seen();
        first.reversed().forEach(event -> assertThat(status(event)).isEqualTo(204));
        assertThat(inbox.drain().handled()).isPositive();

        assertThat(early.at("/subscription/seats/bought").asLong()).isEqualTo(4);
        assertThat(early.at("/movements").size()).isEqualTo(2);
        assertThat(seen()).isEqualTo(early);
    }

    @Test
    void whatOurOwnChangeDidIsNeitherKeptNorAskedForAgain() {
        story.accept(story.token(acme, Map.of("seats", 6)));
        List<Sent> events = sent();
        int asked = wire.requests();
        assertThat(events).hasSizeGreaterThanOrEqualTo(4);

        assertThat(statements.during(() -> events.forEach(event -> inbox.receive(event.body(), event.signature()))))
                .as("whose secret it is, and that events come at all").isLessThanOrEqualTo(3);
        assertThat(inbox.drain().handled()).isZero();

        assertThat(wire.requests() - asked).isZero();
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(6);
        assertThat(invoices.refresh(SELF, newest().stripeId())).as("as it is read").contains(newest());
    }

    @Test
    void whatOurOwnChangeDidIsLookedAtWhereItsAnswerWasNotRecorded() {
        String token = story.token(acme, Map.of("seats", 6));
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions/.*")) {
            story.accept(story.backend(), token, "click");
        }
        sent().forEach(event -> assertThat(status(event)).isEqualTo(204));

        assertThat(inbox.drain().handled()).isGreaterThanOrEqualTo(3);
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(6);
    }

    @Test
    void whatBecomesOfAnInvoiceLaterIsReadAlthoughItWasRecordedWithTheChange() throws StripeException {
        assertThat(story.accept(story.token(acme, Map.of("seats", 9))).text("/changePlan/change/state")).isEqualTo("APPLIED");
        sent().forEach(event -> assertThat(status(event)).isEqualTo(204));
        inbox.drain();
        InvoicePaymentListParams itsPayments = InvoicePaymentListParams.builder().setInvoice(newest().stripeId()).build();
        String payment = stripe.v1().invoicePayments().list(itsPayments).getData().getFirst().getPayment().getPaymentIntent();

        stripe.v1().refunds().create(RefundCreateParams.builder().setPaymentIntent(payment).setAmount(100L).build());
        sent().forEach(event -> assertThat(status(event)).isEqualTo(204));
        inbox.drain();

        assertThat(newest().amounts().refunded().minor()).isEqualTo(100);
    }

    @Test
    void whatOurOwnStartDidIsNotAskedForAgainButItsInvoice() {
        String globex = story.account("globex");
        story.card(globex, "pm_card_visa");
        stories.settle();
        sent();
        story.start(globex, Map.of("plan", story.key("team"), "seats", 5));
        sent().forEach(event -> assertThat(status(event)).isEqualTo(204));
        int asked = wire.requests();

        assertThat(inbox.drain().handled()).isGreaterThanOrEqualTo(3);

        assertThat(wire.requests() - asked).as("the invoice and its payment").isEqualTo(2);
    }

    @Test
    void whatSomebodyElseDidBesideOurOwnChangeIsLookedAt() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 6)));
        buyAtStripe(9);
        sent().forEach(event -> assertThat(status(event)).isEqualTo(204));

        inbox.drain();

        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(9);
    }

    @Test
    void ofASecretTheDatabaseIsAskedOnceForManyEvents() throws StripeException {
        buyAtStripe(7);
        Sent event = sent().getLast();
        assertThat(status(event)).isEqualTo(204);

        assertThat(statements.during(() -> assertThat(inbox.receive(event.body(), event.signature())).isTrue())).as("the event alone is stored").isEqualTo(1);
    }

    @Test
    void aRenewalIsOneRenewalHoweverOftenAndInWhichOrderItIsTold() {
        String until = seen().at("/subscription/period/until").asString();
        stories.clock().advance(Duration.ofDays(32));
        stories.sandbox().catchUp();
        List<Sent> events = sent();

        List<Sent> muddled = new ArrayList<>(events.reversed());
        muddled.addAll(events);
        muddled.forEach(event -> {
            assertThat(status(event)).isEqualTo(204);
            inbox.drain();
        });

        assertThat(seen().at("/subscription/state").asString()).isEqualTo("ACTIVE");
        assertThat(seen().at("/subscription/period/from").asString()).isEqualTo(until);
        assertThat(seen().at("/movements").findValuesAsString("growth")).containsExactly("NEW");
    }

    @Test
    void whatIsForgedIsRefusedAndLeavesNothingBehind() throws StripeException {
        buyAtStripe(7);
        Sent genuine = sent().getLast();
        JsonNode before = seen();

        assertThat(status(new Sent(genuine.body().replace("evt_", "evt_x"), genuine.signature()))).isEqualTo(400);
        assertThat(status(new Sent(genuine.body(), otherDigit(genuine.signature())))).isEqualTo(400);
        assertThat(status(new Sent(genuine.body(), ""))).isEqualTo(400);

        assertThat(inbox.drain().handled()).isZero();
        assertThat(seen()).isEqualTo(before);
    }

    @Test
    void aSecretIsReplacedAndTheOldOneCountsForADayAtMost() throws StripeException {
        assertThat(rotate("click", 24).at("/rotateWebhookSecret/endpoints").valueStream().filter(each -> each.at("/url").asString().equals(address))).hasSize(2);
        assertThat(rotate("click", 24).at("/rotateWebhookSecret/endpoints").valueStream().filter(each -> each.at("/url").asString().equals(address))).hasSize(2);
        buyAtStripe(7);
        List<Sent> both = sent();
        assertThat(both.stream().map(Sent::signature).distinct().count()).isGreaterThan(both.stream().map(Sent::body).distinct().count());
        both.forEach(event -> assertThat(status(event)).isEqualTo(204));
        inbox.drain();
        assertThat(seen().at("/movements").size()).as("told twice, done once").isEqualTo(2);

        stories.clock().advance(Duration.ofHours(24));
        buyAtStripe(8);
        List<Sent> late = sent();
        assertThat(late.stream().map(this::status)).as("one of two signatures counts").contains(204, 400);
        endpoints.tidy();
        buyAtStripe(9);
        assertThat(sent()).isNotEmpty().allSatisfy(event -> assertThat(status(event)).isEqualTo(204));
        assertThat(stripe.v1().webhookEndpoints().list().getData().stream().filter(each -> each.getUrl().equals(address))).hasSize(1);
    }

    @Test
    void aSecretThatSomebodyElseKnowsCountsNoMoreAtOnce() throws StripeException {
        buyAtStripe(7);
        Sent before = sent().getLast();
        rotate("stolen", 0).at("/rotateWebhookSecret/endpoints");

        assertThat(status(before)).isEqualTo(400);
        buyAtStripe(8);
        assertThat(sent()).isNotEmpty().allSatisfy(event -> assertThat(status(event)).isEqualTo(204));
    }

    @Test
    void aRotationThatDiesAtStripeIsFinishedLaterAndTheOldSecretCountsUntilThen() throws StripeException {
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/webhook_endpoints", 503, "api_error")) {
            assertThat(rotate("click", 1).at("/rotateWebhookSecret/endpoints").valueStream()
                    .filter(each -> each.at("/url").asString().equals(address)).map(each -> each.at("/rotating").asBoolean())).containsExactly(true);
        }
        assertThat(rotate("again", 1).errorCode()).isEqualTo("CONFLICT");
        stories.clock().advance(Duration.ofDays(2));
        buyAtStripe(7);
        assertThat(sent()).isNotEmpty().allSatisfy(event -> assertThat(status(event)).isEqualTo(204));

        endpoints.tidy();
        endpoints.tidy();
        assertThat(endpoints.valid().stream().filter(each -> each.url().equals(address))).hasSize(2).noneMatch(each -> each.rotation() != null);
    }

    @Test
    void aRotationThatSomebodyDiedOverEndsWithOneSuccessor() throws StripeException {
        boolean lived = false;
        for (int statements = 0; !lived; statements++) {
            StripeEvents.RotateSecret command = new StripeEvents.RotateSecret("dying-" + statements + story.number(), address, 0);
            try {
                int left = statements;
                mortality.dyingAfter(left, () -> events.rotate(new Actor.System("test"), command));
                lived = true;
            } catch (Mortality.Death died) {
                endpoints.tidy();
                events.rotate(new Actor.System("test"), command);
            }
            endpoints.tidy();

            assertThat(endpoints.valid().stream().filter(each -> each.url().equals(address))).as("%d statements", statements).hasSize(1);
            assertThat(stripe.v1().webhookEndpoints().list().getData().stream().filter(each -> each.getUrl().equals(address))).hasSize(1);
            buyAtStripe(10 + statements);
            assertThat(sent()).isNotEmpty().allSatisfy(event -> assertThat(status(event)).isEqualTo(204));
        }
    }

    @Test
    void aRotationIsForAddressesThatAreKnownAndADayAtMost() {
        assertThat(story.backend().ask(ROTATE, "input", Map.of("idempotencyKey", "a", "url", "https://nobody.example")).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(rotate("b", 25).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(stories.api(stories.secret(Set.of(Permission.READ))).ask("{ stripeConnection { backlog } }").errorCode())
                .isEqualTo("FORBIDDEN");
    }

    private static final String ROTATE = """
            mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { endpoints { id url retiresAt heardAt rotating } } }""";

    private Api.Answer rotate(String key, int overlapHours) {
        return story.backend().ask(ROTATE, "input", Map.of("idempotencyKey", story.key(key), "url", address, "overlapHours", overlapHours));
    }

    @Test
    void whatWasSignedLongAgoIsRefusedAndComesInByAnotherWay() throws StripeException {
        buyAtStripe(7);
        List<Sent> events = sent();
        stories.clock().advance(TOLERANCE);
        assertThat(status(events.getFirst())).isEqualTo(204);
        inbox.drain();
        buyAtStripe(8);
        Sent later = sent().getLast();

        stories.clock().advance(TOLERANCE.plusSeconds(1));
        assertThat(status(later)).isEqualTo(400);
        assertThat(inbox.drain().handled()).isZero();
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(7);

        stories.settle();
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(8);
        assertThat(seen().at("/movements").size()).isEqualTo(3);
    }

    @Test
    void anAddressThatStripeRefusesIsPolledForInstead() throws StripeException {
        String refused = "https://headroom.example" + StripeWebhookController.PATH;
        StripeJob job = new StripeJob(inbox, endpoints, connection, new StripeProperties(refused, Duration.ofSeconds(5), Duration.ofSeconds(30)), outages, stories.clock());
        buyAtStripe(7);

        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/webhook_endpoints", 400, "url_invalid")) {
            job.run();
        }
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(7);

        buyAtStripe(8);
        job.run();
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(8);
        assertThat(webhooks.webhook(refused)).isEmpty();
    }

    @Test
    void aRoundOfPollingThatBreaksOffBeginsAgainAndLosesNothing() throws StripeException {
        for (int seats = 10; seats < 120; seats++) {
            buyAtStripe(seats);
        }

        try (StripeWireCheck.Trouble _ = wire.trouble("GET /v1/events[?].*starting_after.*", 400, "resource_missing")) {
            assertThatExceptionOfType(StripeRefusedException.class).isThrownBy(inbox::poll);
        }

        assertThat(inbox.poll()).isPositive();
        assertThat(inbox.poll()).isZero();
        inbox.drain();
        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(119);
    }

    @Test
    void pollingThatFailsIsTriedEverMoreSeldomAndKeepsNothingFromWhatArrivesOtherwise(CapturedOutput log) throws StripeException {
        String refused = "https://headroom.example/failing" + StripeWebhookController.PATH;
        StripeJob job = new StripeJob(inbox, endpoints, connection, new StripeProperties(refused, Duration.ofSeconds(5), Duration.ofSeconds(30)), outages, stories.clock());
        Pattern complaint = Pattern.compile("could not be fetched; the next try is in (\\d+) s");

        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/webhook_endpoints", 400, "url_invalid");
                StripeWireCheck.Trouble _ = wire.trouble("GET /v1/events.*", 403, "permission_denied")) {
            for (int second = 0; second < 300; second++) {
                job.run();
                stories.clock().advance(Duration.ofSeconds(1));
            }
            buyAtStripe(7);
            sent().forEach(event -> assertThat(status(event)).isEqualTo(204));
            job.run();
            assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(7);
        }
        buyAtStripe(8);
        stories.clock().advance(Duration.ofMinutes(1));
        job.run();
        job.run();

        assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(8);
        assertThat(complaint.matcher(log.getOut()).results().map(found -> found.group(1))).containsExactly("1", "2", "4", "8", "16", "32", "60");
        assertThat(log.getOut().split("can be fetched again", -1)).as("said once").hasSize(2);
    }

    @Test
    void aPageThatIsAlwaysRefusedHoldsNothingNewerAndIsGivenUpAfterAWhile(CapturedOutput log) throws StripeException {
        stories.clock().advance(Duration.ofMinutes(2));
        Optional<Instant> before = stored.polledUntil();
        for (int seats = 10; seats < 115; seats++) {
            buyAtStripe(seats);
        }

        try (StripeWireCheck.Trouble _ = wire.trouble("GET /v1/events[?].*starting_after.*", 400, "resource_missing")) {
            for (int round = 0; round < 15; round++) {
                assertThatExceptionOfType(StripeRefusedException.class).isThrownBy(inbox::poll);
            }
            assertThat(stored.polledUntil()).isEqualTo(before);
            inbox.drain();
            assertThat(seen().at("/subscription/seats/bought").asLong()).isEqualTo(114);

            inbox.poll();
            assertThat(stored.polledUntil()).contains(stories.clock().instant().truncatedTo(ChronoUnit.SECONDS));
            assertThat(log.getOut().split("are given up", -1)).as("said once").hasSize(2);
        }
        assertThat(inbox.poll()).as("what was refused and happened in the last minute is found all the same").isPositive();
    }

    /** Somebody changes the subscription in Stripe's own dashboard. */
    private void buyAtStripe(long seats) throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        Subscription bought = stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().getFirst();
        stripe.v1().subscriptions().update(bought.getId(), SubscriptionUpdateParams.builder()
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE)
                .addItem(SubscriptionUpdateParams.Item.builder()
                        .setId(bought.getItems().getData().getFirst().getId()).setQuantity(seats).build())
                .build());
    }

    /** What Stripe sent since the last time. */
    private List<Sent> sent() {
        sent.clear();
        stories.sandbox().deliverWebhooks();
        return List.copyOf(sent);
    }

    private Invoice newest() {
        return invoices.page(SELF, accounts.meant(SELF, acme).id(), null, null, 1).getFirst();
    }

    /** The signature with another last hexadecimal digit, whatever the last one was. */
    private static String otherDigit(String signature) {
        int last = signature.length() - 1;
        return signature.substring(0, last) + (signature.charAt(last) == '0' ? '1' : '0');
    }

    private int status(Sent event) {
        return new Api(stories.url(), "").post(StripeWebhookController.PATH, event.body(), Map.of("Stripe-Signature", event.signature())).status();
    }

    private JsonNode seen() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) {
                  subscription { state seats { bought } period { from until } recurring { amountMinor } balance { amountMinor } }
                  movements { growth mrrBefore { amountMinor } mrrAfter { amountMinor } } } }""", "key", acme).at("/account");
    }
}
