package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.sync.CatalogSyncs;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What a vendor offers, and what cannot be offered. */
@HeadroomTest
class OfferCatalogStoryTest {

    private static final String WHOLE = "id key name product { key } percentOff amountOff { amountMinor } duration months window { from until }"
            + " plans { key } existingCustomers redemptionCap";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    StripeLinksRepository links;

    @Autowired
    CatalogSyncs syncs;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    DSLContext db;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void anOfferIsWhatWasAskedForAndShownWhileItCanBeTaken() {
        Map<String, Object> input = offer("spring", Map.of("percentOff", "12.5", "duration", "MONTHS", "months", 3, "plans", List.of(story.key("pro")),
                "existingCustomers", true, "redemptionCap", 7));
        create(input);

        JsonNode made = story.backend().ask("query ($key: String!) { offer(key: $key) { " + WHOLE + " } }", "key", story.key("spring")).at("/offer");
        assertThat(made.at("/percentOff").asString()).isEqualTo("12.5");
        assertThat(made.at("/amountOff").isNull()).isTrue();
        assertThat(made.at("/duration").asString()).isEqualTo("MONTHS");
        assertThat(made.at("/months").asInt()).isEqualTo(3);
        assertThat(made.at("/product/key").asString()).isEqualTo(story.key("suite"));
        assertThat(made.at("/plans/0/key").asString()).isEqualTo(story.key("pro"));
        assertThat(made.at("/existingCustomers").asBoolean()).isTrue();
        assertThat(made.at("/redemptionCap").asInt()).isEqualTo(7);
        assertThat(made.at("/window/until").asString()).isEqualTo(input.get("until"));
        assertThat(shown()).containsExactly(story.key("spring"));

        create(offer("later", Map.of("percentOff", "1", "duration", "ONCE", "from", in(Duration.ofDays(8)), "until", in(Duration.ofDays(9)))));
        assertThat(shown()).containsExactly(story.key("spring"));
        stories.clock().advance(Duration.ofDays(7));
        assertThat(shown()).as("its end is exclusive").isEmpty();
        stories.clock().advance(Duration.ofDays(1));
        assertThat(shown()).containsExactly(story.key("later"));
    }

    @Test
    void stripeHasACouponOfItWithoutEndOrBound() throws StripeException {
        String percent = create(offer("spring", Map.of("percentOff", "33.33", "duration", "MONTHS", "months", 3, "redemptionCap", 1)))
                .text("/createOffer/offer/id");
        String amount = create(offer("x".repeat(60), Map.of("amountOff", Map.of("minor", 500, "currency", "USD"), "duration", "FOREVER")))
                .text("/createOffer/offer/id");

        Coupon ofPercent = stripe.v1().coupons().retrieve(percent);
        assertThat(ofPercent.getPercentOff()).isEqualByComparingTo("33.33");
        assertThat(ofPercent.getDuration()).isEqualTo("repeating");
        assertThat(ofPercent.getDurationInMonths()).isEqualTo(3);
        assertThat(ofPercent.getMaxRedemptions()).isNull();
        assertThat(ofPercent.getRedeemBy()).isNull();
        assertThat(ofPercent.getMetadata()).containsEntry("headroom_offer", percent);
        Coupon ofAmount = stripe.v1().coupons().retrieve(amount);
        assertThat(ofAmount.getAmountOff()).isEqualTo(500);
        assertThat(ofAmount.getCurrency()).isEqualTo("usd");
        assertThat(ofAmount.getDuration()).isEqualTo("forever");
        assertThat(ofAmount.getName()).hasSize(40);
    }

    @Test
    void aCouponWhoseLinkWasLostIsFoundAgain() {
        UUID offer = UUID.fromString(create(offer("spring", Map.of("percentOff", "5", "duration", "ONCE"))).text("/createOffer/offer/id"));
        db.execute("delete from stripe.link where local_id = ?", offer);

        syncs.push();

        assertThat(links.remote(StripeLinksRepository.Kind.COUPON, offer)).contains(offer.toString());
    }

    @Test
    void whatStripeRefusesKeepsNothingElseBack() {
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/coupons", 400, "parameter_invalid")) {
            create(offer("refused", Map.of("percentOff", "5", "duration", "ONCE"))).at("/createOffer/offer");
            assertThat(stories.beginWithCatalogOfItsOwn().subscribed("acme", "team", 1)).as("can be sold what went on sale later").isNotEmpty();
        }
        syncs.push();
    }

    @Test
    void aCommandRepeatedMakesNothingTwiceAndAKeyIsGivenOnce() {
        Map<String, Object> command = offer("spring", Map.of("percentOff", "5", "duration", "ONCE"));
        String made = create(command).text("/createOffer/offer/id");
        assertThat(create(command).text("/createOffer/offer/id")).isEqualTo(made);

        Map<String, Object> other = new HashMap<>(command);
        other.put("idempotencyKey", UUID.randomUUID().toString());
        assertThat(create(other).text("/createOffer/__typename")).isEqualTo("OfferKeyTaken");
        assertThat(create(other).text("/createOffer/offer/id")).isEqualTo(made);
    }

    @Test
    void whatCannotBeOfferedIsRefusedByItsField() {
        assertThat(refused(Map.of("percentOff", "0", "duration", "ONCE"))).isEqualTo("input.percentOff");
        assertThat(refused(Map.of("percentOff", "100.01", "duration", "ONCE"))).isEqualTo("input.percentOff");
        assertThat(refused(Map.of("percentOff", "1.234", "duration", "ONCE"))).isEqualTo("input.percentOff");
        assertThat(refused(Map.of("duration", "ONCE"))).isEqualTo("input.percentOff");
        assertThat(refused(Map.of("percentOff", "1", "amountOff", Map.of("minor", 1, "currency", "USD"), "duration", "ONCE"))).isEqualTo("input.percentOff");
        assertThat(refused(Map.of("amountOff", Map.of("minor", 0, "currency", "USD"), "duration", "ONCE"))).isEqualTo("input.amountOff");
        assertThat(refused(Map.of("amountOff", Map.of("minor", 1, "currency", "XXX"), "duration", "ONCE"))).isEqualTo("input.amountOff");
        assertThat(refused(Map.of("percentOff", "1", "duration", "MONTHS"))).isEqualTo("input.months");
        assertThat(refused(Map.of("percentOff", "1", "duration", "MONTHS", "months", 0))).isEqualTo("input.months");
        assertThat(refused(Map.of("percentOff", "1", "duration", "MONTHS", "months", 121))).isEqualTo("input.months");
        assertThat(refused(Map.of("percentOff", "1", "duration", "ONCE", "months", 2))).isEqualTo("input.months");
        assertThat(refused(Map.of("percentOff", "1", "duration", "ONCE", "until", in(Duration.ZERO)))).isEqualTo("input.until");
        assertThat(refused(Map.of("percentOff", "1", "duration", "ONCE", "redemptionCap", 0))).isEqualTo("input.redemptionCap");
        assertThat(refused(Map.of("percentOff", "1", "duration", "ONCE", "plans", List.of(story.key("pro"), "nothing")))).isEqualTo("input.plans[1]");
        assertThat(refused(Map.of("percentOff", "1", "duration", "ONCE", "product", "nothing"))).isEqualTo("input.product");
        assertThat(refused(Map.of("percentOff", "1", "duration", "ONCE", "key", "no key"))).isEqualTo("input.key");
    }

    @Test
    void onlyWhoMayChangeTheCatalogOffersSomething() {
        EnumSet<Permission> others = EnumSet.complementOf(EnumSet.of(Permission.CATALOG));

        assertThat(ask(stories.api(stories.secret(others)), offer("spring", Map.of("percentOff", "5", "duration", "ONCE"))).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void anOfferIsEndedOnceAndWhatWasQuotedBeforeStands() {
        create(offer("spring", Map.of("percentOff", "20", "duration", "MONTHS", "months", 3)));
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6, "offer", story.key("spring")));

        JsonNode ended = end(story.backend(), "spring").at("/endOffer/offer");
        assertThat(ended.at("/endedAt").isNull()).isFalse();
        stories.clock().advance(Duration.ofMinutes(1));
        assertThat(end(story.backend(), "spring").at("/endOffer/offer")).as("twice is once").isEqualTo(ended);
        assertThat(shown()).isEmpty();
        assertThat(story.quote(story.backend(), acme, Map.of("seats", 6, "offer", story.key("spring"))).text("/account/quote/rule")).isEqualTo("OFFER_OVER");

        assertThat(story.accept(token).text("/changePlan/change/state")).as("what was promised").isEqualTo("APPLIED");
        assertThat(all().at("/offers").valueStream().filter(each -> each.at("/key").asString().equals(story.key("spring"))).findFirst().orElseThrow()
                .at("/redemptions").asInt()).isEqualTo(1);
    }

    @Test
    void oneThatHasNotBegunNeverBegins() {
        create(offer("later", Map.of("percentOff", "20", "duration", "ONCE", "from", in(Duration.ofDays(1)))));
        end(story.backend(), "later").at("/endOffer/offer");
        stories.pass(Duration.ofDays(2));
        assertThat(shown()).isEmpty();
    }

    @Test
    void endingIsForWhoSellsAndOfWhatIsThere() {
        create(offer("spring", Map.of("percentOff", "20", "duration", "ONCE")));
        Api reader = stories.api(stories.secret(EnumSet.of(Permission.READ, Permission.QUOTE)));
        assertThat(end(reader, "spring").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(end(story.backend(), "nothing").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(shown()).containsExactly(story.key("spring"));
    }

    @Test
    void whatAnAccountWouldSeeIsToldForAnyInstant() {
        create(offer("now", Map.of("percentOff", "20", "duration", "ONCE")));
        create(offer("later", Map.of("percentOff", "10", "duration", "ONCE", "from", in(Duration.ofDays(3)), "until", in(Duration.ofDays(5)))));
        create(offer("euros", Map.of("amountOff", Map.of("minor", 100, "currency", "EUR"), "duration", "ONCE")));
        create(offer("loyal", Map.of("percentOff", "30", "duration", "ONCE", "existingCustomers", true)));
        String acme = story.subscribed("acme", "team", 5);

        assertThat(seen(acme, Duration.ofHours(1))).containsExactlyInAnyOrder("now", "euros OFFER_NOT_ELIGIBLE", "loyal OFFER_NOT_ELIGIBLE");
        assertThat(seen(acme, Duration.ofDays(4))).contains("now", "later").hasSize(4);
        assertThat(seen(acme, Duration.ofDays(8))).isEmpty();
        story.accept(story.token(acme, Map.of("seats", 6, "offer", story.key("now")))).at("/changePlan/change/id");
        assertThat(seen(acme, Duration.ofHours(1))).contains("now OFFER_TAKEN");
        assertThat(seen(story.account("prospect"), Duration.ofHours(1))).as("with a change none, for nothing runs that could be changed").containsExactlyInAnyOrder(
                "now OFFER_NOT_ELIGIBLE", "euros OFFER_NOT_ELIGIBLE", "loyal OFFER_NOT_ELIGIBLE");
    }

    /** Others may have left offers of theirs beside these. */
    private List<String> seen(String account, Duration ahead) {
        return story.backend().ask("query ($account: String, $at: DateTime) { accountOffers(account: $account, at: $at) { offer { key product { key } } against { rule } } }",
                        "account", account, "at", in(ahead)).at("/accountOffers").valueStream()
                .filter(each -> each.at("/offer/product/key").asString().equals(story.key("suite")))
                .map(each -> (each.at("/offer/key").asString().replaceFirst("-.*", "") + " " + each.at("/against/rule").asString("")).strip())
                .toList();
    }

    private Api.Answer end(Api api, String name) {
        return api.ask("mutation ($input: EndOfferInput!) { endOffer(input: $input) { ... on OfferEnded { offer { key endedAt } } } }",
                "input", Map.of("offer", story.key(name)));
    }

    private Api.Answer all() {
        return story.backend().ask("{ offers(first: 200) { key redemptions endedAt } }");
    }

    private String refused(Map<String, Object> more) {
        Api.Answer answer = create(offer("refused", more));
        assertThat(answer.errorCode()).isIn("INVALID_INPUT", "NOT_FOUND");
        return answer.body().at("/errors/0/extensions/field").asString();
    }

    private List<String> shown() {
        return story.backend().ask("query ($key: String!) { product(key: $key) { offers { key } } }", "key", story.key("suite")).at("/product/offers")
                .valueStream().map(each -> each.at("/key").asString()).toList();
    }

    private String in(Duration duration) {
        return stories.clock().instant().plus(duration).truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }

    private Map<String, Object> offer(String name, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name,
                "from", in(Duration.ZERO), "until", in(Duration.ofDays(7))));
        input.putAll(more);
        return input;
    }

    private Api.Answer create(Map<String, Object> input) {
        return ask(story.backend(), input);
    }

    private static Api.Answer ask(Api api, Map<String, Object> input) {
        return api.ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { __typename ... on OfferCreated { offer { id } }"
                + " ... on OfferKeyTaken { offer { id } } } }", "input", input);
    }
}
