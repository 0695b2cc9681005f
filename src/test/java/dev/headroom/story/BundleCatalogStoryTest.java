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
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What a vendor sells for less together, and what cannot be sold so. */
@HeadroomTest
class BundleCatalogStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void aBundleIsWhatWasAskedForAndACouponAtStripeUntilItIsOver() throws StripeException {
        JsonNode made = create(story.backend(), asked(Map.of())).at("/createBundle/bundle");
        assertThat(made.at("/percentOff").asString()).isEqualTo("60");
        assertThat(made.at("/members").valueStream().map(member -> member.at("/product/key").asString() + " " + member.at("/addOn/key").asString("-") + " "
                + member.at("/reduced").asBoolean())).containsExactly(
                        story.key("suite") + " - true", story.key("suite") + " " + story.key("insights") + " false");
        Coupon coupon = stripe.v1().coupons().retrieve(made.at("/id").asString());
        assertThat(coupon.getPercentOff()).isEqualByComparingTo(new BigDecimal("60"));
        assertThat(coupon.getDuration()).isEqualTo("forever");
        assertThat(coupon.getName()).isEqualTo("Duo");
        assertThat(open()).contains(story.key("duo"));

        assertThat(end(story.backend()).text("/endBundle/bundle/until")).isEqualTo(end(story.backend()).text("/endBundle/bundle/until"));
        assertThat(open()).doesNotContain(story.key("duo"));
        assertThat(story.backend().ask("query ($key: String!) { bundle(key: $key) { name } }", "key", story.key("duo")).text("/bundle/name")).isEqualTo("Duo");
        assertThat(stripe.v1().coupons().retrieve(made.at("/id").asString()).getDeleted()).as("who has it keeps it").isNull();
    }

    @Test
    void theSameCommandAgainMakesNothingTwiceAndAKeyIsTakenOnce() {
        JsonNode first = create(story.backend(), asked(Map.of())).at("/createBundle");
        assertThat(create(story.backend(), asked(Map.of())).at("/createBundle")).isEqualTo(first);
        assertThat(create(story.backend(), asked(Map.of("idempotencyKey", story.key("another")))).text("/createBundle/__typename")).isEqualTo("BundleKeyTaken");
    }

    @Test
    void whatCouldNeverBeABundleIsRefusedWithTheFieldThatIsWrong() {
        Map<String, Object> suite = Map.of("product", story.key("suite"));
        assertThat(refused(Map.of("percentOff", "0"))).isEqualTo("input.percentOff");
        assertThat(refused(Map.of("percentOff", "12.345"))).isEqualTo("input.percentOff");
        assertThat(refused(Map.of("members", List.of(suite)))).isEqualTo("input.members");
        assertThat(refused(Map.of("members", List.of(suite, suite)))).isEqualTo("input.members[1]");
        assertThat(refused(Map.of("members", List.of(suite, Map.of("addOn", "no-such"))))).isEqualTo("input.members[1].addOn");
        assertThat(refused(Map.of("members", List.of(suite, Map.of("product", story.key("suite"), "addOn", story.key("insights")))))).isEqualTo("input.members[1].product");
        assertThat(refused(Map.of("members", List.of(
                Map.of("product", story.key("suite"), "reduced", false), Map.of("addOn", story.key("insights"), "reduced", false))))).isEqualTo("input.members");
        assertThat(refused(Map.of("from", "2026-01-02T00:00:00Z", "until", "2026-01-02T00:00:00Z"))).isEqualTo("input.until");
        assertThat(refused(Map.of("name", " "))).isEqualTo("input.name");
    }

    @Test
    void onlyWhoMayChangeTheCatalogueMakesAndEndsOne() {
        Set<Permission> others = EnumSet.complementOf(EnumSet.of(Permission.CATALOG));
        Api weaker = stories.api(stories.secret(others));
        assertThat(code(create(weaker, asked(Map.of())))).isEqualTo("FORBIDDEN");
        create(story.backend(), asked(Map.of()));
        assertThat(code(end(weaker))).isEqualTo("FORBIDDEN");
        assertThat(weaker.ask("{ bundles { key } }").at("/bundles").valueStream().map(each -> each.at("/key").asString())).contains(story.key("duo"));
    }

    private Map<String, Object> asked(Map<String, Object> other) {
        Map<String, Object> input = new HashMap<>(Map.of(
                "idempotencyKey", story.key("duo"), "key", story.key("duo"), "name", "Duo", "percentOff", "60.00",
                "members", List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights"), "reduced", false))));
        input.putAll(other);
        return input;
    }

    private static Api.Answer create(Api api, Map<String, Object> input) {
        return api.ask("""
                mutation ($input: CreateBundleInput!) { createBundle(input: $input) { __typename
                  ... on BundleCreated { bundle { id key name percentOff members { product { key } addOn { key } reduced } from until } }
                  ... on BundleKeyTaken { bundle { id } } } }""",
                "input", input);
    }

    private String refused(Map<String, Object> other) {
        return create(story.backend(), asked(other)).body().at("/errors/0/extensions/field").asString();
    }

    private static String code(Api.Answer answer) {
        return answer.body().at("/errors/0/extensions/code").asString();
    }

    private Api.Answer end(Api api) {
        return api.ask("mutation ($input: EndBundleInput!) { endBundle(input: $input) { ... on BundleEnded { bundle { until } } } }", "input",
                Map.of("idempotencyKey", story.key("end"), "bundle", story.key("duo")));
    }

    private List<String> open() {
        return story.backend().ask("{ bundles { key } }").at("/bundles").valueStream().map(each -> each.at("/key").asString()).toList();
    }
}
