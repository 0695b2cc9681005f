package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Add-ons come and go with one click, alone or with everything else that shall be different, for exactly what was quoted. */
@HeadroomTest
class AddOnChangeStoryTest {

    private static final Duration OVER_A_MONTH = Duration.ofDays(35);

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private String acme;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
    }

    @Test
    void severalComeWithMoreSeatsInOneChange() throws StripeException {
        JsonNode quote = quote(Map.of("seats", 6, "addOns", List.of(addOn("seat-pack", 2), addOn("insights", 1))));

        assertThat(quote.at("/lines").valueStream().map(line -> line.at("/kind").asString() + " " + line.at("/amount/amountMinor").asLong()))
                .containsExactly("CREDIT -6250", "CHARGE 7500", "CHARGE 4900", "CHARGE 1450");
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isEqualTo(7_600);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(6 * 2_500 + 2 * 4_900 + 2_900);
        assertThat(quote.at("/gains").valueStream().map(gain -> gain.at("/feature/key").asString()))
                .containsExactlyInAnyOrder(story.key("seats"), story.key("insights"));
        assertThat(quote.at("/addOns")).hasSize(2);

        Api.Answer changed = story.accept(quote.at("/token").asString());
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(7_600);
        assertThat(story.entitlement(story.backend(), acme, "seats", 0).at("/entitlement/limit").asLong()).isEqualTo(16);
        assertThat(story.entitlement(story.backend(), acme, "insights", 0).at("/entitlement/allowed").asBoolean()).isTrue();

        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(27_700);
    }

    @Test
    void whatIsNotNamedStaysAndIsNotBilledAgain() {
        buy(Map.of("addOns", List.of(addOn("seat-pack", 1), addOn("insights", 1))));

        JsonNode quote = quote(Map.of("addOns", List.of(addOn("seat-pack", 3))));
        assertThat(quote.at("/lines").valueStream().map(line -> line.at("/amount/amountMinor").asLong())).containsExactly(-2_450L, 7_350L);
        assertThat(quote.at("/growth").asString()).isEqualTo("SEAT_EXPANSION");
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(bought()).containsExactlyInAnyOrder("3 × seat-pack", "1 × insights");
    }

    @Test
    void oneThatIsTakenOffGoesWithThePeriod() throws StripeException {
        buy(Map.of("addOns", List.of(addOn("seat-pack", 1), addOn("insights", 1))));

        JsonNode quote = quote(Map.of("addOns", List.of(addOn("seat-pack", 0))));
        assertThat(quote.at("/when").asString()).isEqualTo("PERIOD_END");
        assertThat(quote.at("/losses/0/feature/key").asString()).isEqualTo(story.key("seats"));
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        assertThat(bought()).hasSize(2);
        stories.pass(OVER_A_MONTH);

        assertThat(bought()).containsExactly("1 × insights");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(12_500 + 2_900);
    }

    @Test
    void takenOffAtOnceItIsCreditedWhole() {
        buy(Map.of("addOns", List.of(addOn("seat-pack", 1))));

        JsonNode quote = quote(Map.of("addOns", List.of(addOn("seat-pack", 0)), "when", "NOW"));
        assertThat(quote.at("/total/amountMinor").asLong()).as("bought at this very second").isEqualTo(-2_450);
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(bought()).isEmpty();
    }

    @Test
    void aYearIsAYearOfEverything() throws StripeException {
        buy(Map.of("addOns", List.of(addOn("seat-pack", 2))));

        JsonNode quote = quote(Map.of("interval", "YEAR"));
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isEqualTo(5 * 25_000 + 2 * 49_000 - 6_250 - 4_900);
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/dueNow/amountMinor").asLong());
    }

    @Test
    void whoeverSitsOnAPackNeedsNoSeatOfAnotherPlan() {
        buy(Map.of("addOns", List.of(addOn("seat-pack", 2))));
        for (int i = 0; i < 12; i++) {
            story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                    "input", Map.of("idempotencyKey", "m" + i + acme, "account", acme, "key", "m" + i, "name", "M" + i, "email", "m" + i + "@example.com")).at("/addMember");
            assertThat(story.backend().ask("mutation ($input: SeatInput!) { assignSeat(input: $input) { __typename } }",
                    "input", Map.of("account", acme, "member", "m" + i))
                    .text("/assignSeat/__typename")).isEqualTo("SeatAssigned");
        }

        JsonNode quote = quote(Map.of("plan", story.key("pro")));
        assertThat(quote.at("/quantity").asLong()).as("twelve members, ten seats of packs, five bought").isEqualTo(5);
        assertThat(quote.at("/violations")).isEmpty();
    }

    @Test
    void anAddOnThatComesAtStripeMakesQuotesStale() throws StripeException {
        String token = story.token(acme, Map.of("seats", 6));
        new Dashboard(stripe, accounts, story).put(acme, "insights", 1);

        Api.Answer stale = story.accept(token);
        assertThat(stale.text("/changePlan/__typename")).isEqualTo("QuoteIsStale");
        assertThat(stale.text("/changePlan/why")).isEqualTo("SUBSCRIPTION_CHANGED");
    }

    @Test
    void whatCannotBeBoughtIsRefusedByName() {
        assertThat(ask(addOn("insights", 2)).text("/account/quote/rule")).isEqualTo("SOLD_ONCE");
        assertThat(ask(addOn("insights", 0)).text("/account/quote/rule")).isEqualTo("NOTHING_CHANGES");
        assertThat(ask(addOn("team", 1)).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(ask(addOn("insights", -1)).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(ask(addOn("insights", 1), addOn("insights", 1)).errorCode()).isEqualTo("INVALID_INPUT");
    }

    @SafeVarargs
    private Api.Answer ask(Map<String, Object>... addOns) {
        return story.quote(story.backend(), acme, Map.of("addOns", List.of(addOns)));
    }

    private Map<String, Object> addOn(String name, long quantity) {
        return Map.of("addOn", story.key(name), "quantity", quantity);
    }

    private void buy(Map<String, Object> change) {
        assertThat(story.accept(story.token(acme, change)).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).at("/account/quote");
    }

    private List<String> bought() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { addOns { addOn { name } quantity } } } }", "key", acme)
                .at("/account/subscription/addOns").valueStream()
                .map(each -> each.at("/quantity").asLong() + " × " + each.at("/addOn/name").asString()).toList();
    }

    private List<Invoice> invoices() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData();
    }
}
