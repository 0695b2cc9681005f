package dev.headroom.console.connection;

import static dev.headroom.overage.jooq.Tables.REJECTION;
import static dev.headroom.stripe.jooq.Tables.INBOX;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.param.ProductUpdateParams;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.money.Money;
import dev.headroom.preview.Drift;
import dev.headroom.preview.Drifts;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class StripeViewTest extends ConsoleTest {

    private static final String EVENT = "evt_of_the_view";

    @Autowired
    DSLContext db;

    @Autowired
    Catalog catalog;

    @Autowired
    StripeLinksRepository links;

    @Autowired
    StripeClient stripe;

    @Autowired
    Drifts drifts;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @AfterEach
    void forget() {
        db.deleteFrom(INBOX).where(INBOX.EVENT_ID.eq(EVENT)).execute();
        db.deleteFrom(REJECTION).where(REJECTION.EVENT.eq(EVENT)).execute();
    }

    @Test
    void theOverviewSaysHowEventsComeInAndWhoToAsk() {
        UI.getCurrent().navigate("stripe");

        assertThat(heading()).isEqualTo("Stripe connection");
        assertThat(page()).contains("Test: no real money moves", "How it stands", "Where Stripe sends events");
    }

    @Test
    void usageThatStripeDoesNotBillIsToldOf() {
        db.insertInto(REJECTION)
                .set(REJECTION.EVENT, EVENT).set(REJECTION.AT, Instant.parse("2199-01-01T00:00:00Z")).set(REJECTION.HEARD_AT, Instant.parse("2199-01-01T00:01:00Z"))
                .set(REJECTION.COUNT, 3L).set(REJECTION.SUMMARY, "There are 3 invalid events")
                .set(REJECTION.REASONS, JSONB.valueOf("[{\"code\": \"archived_meter\", \"count\": 3, \"samples\": []}]")).execute();
        UI.getCurrent().navigate("stripe");

        assertThat(page()).contains("Usage that Stripe does not bill", "3 reports, said on", "archived_meter");
    }

    @Test
    void anEventThatWasGivenUpIsShownWithItsReasonAndResent() {
        Instant now = stories.clock().instant();
        db.insertInto(INBOX)
                .set(INBOX.EVENT_ID, EVENT).set(INBOX.TYPE, "invoice.paid").set(INBOX.OBJECT_ID, "sub_of_the_view").set(INBOX.CREATED_AT, now.minus(Duration.ofDays(3)))
                .set(INBOX.RECEIVED_AT, now).set(INBOX.NEXT_ATTEMPT_AT, now).set(INBOX.ATTEMPTS, 16).set(INBOX.FAILURE, "No such item")
                .set(INBOX.GIVEN_UP_AT, now).execute();
        UI.getCurrent().navigate("stripe");
        assertThat(page()).contains("invoice.paid", "sub_of_the_view", "No such item", "Given up after 16 attempts");

        press("Resend");

        assertThat(db.fetchValue(INBOX.GIVEN_UP_AT, INBOX.EVENT_ID.eq(EVENT))).isNull();
        assertThat(page()).contains("0 attempts, the next at");
    }

    @Test
    void theCatalogueTabSaysWhatItWouldDoAndDoesItWhenAsked() throws Exception {
        Story story = stories.begin();
        Plan team = catalog.snapshot().plan(story.key("team")).orElseThrow();
        String product = links.remote(Kind.PRODUCT, team.id().value()).orElseThrow();
        stripe.v1().products().update(product, ProductUpdateParams.builder().setName("Teem").build());

        follow("stripe", "tab", "catalogue");
        assertThat(page()).contains("Teem", "Another name", "Renames the product at Stripe");
        press("Make ");

        assertThat(stripe.v1().products().retrieve(product).getName()).isEqualTo(team.name());
        assertThat(page()).contains("are level.").doesNotContain("Another name");
    }

    @Test
    void theReconciliationTabBeginsOneAndSaysHowFarItIs() {
        follow("stripe", "tab", "reconciliation");
        press("Compare now");

        assertThat(page()).contains("Under way since", "Look again");
    }

    @Test
    void theTabOfQuotesListsWhatStripeWouldBillOtherwise() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 2);
        Actor.System test = new Actor.System("test");
        AccountSubscription bought = subscriptions.live(test, accounts.meant(test, acme).id()).getFirst();
        drifts.differs(test, bought, new Drift.Difference(
                UUID.randomUUID(), Drift.Compared.NOW, Money.of(1_234, "USD"), Money.of(4_321, "USD"), List.of(Drift.Cause.BALANCE)));
        follow("stripe", "tab", "drift");

        assertThat(page()).contains("$12.34", "$43.21", "The customer’s balance was another", "accounts/" + acme);
        drifts.agrees(bought);
    }

    @Test
    void theImportTabLooksFirstAndNamesWhatItIsAbout() {
        follow("stripe", "tab", "import");
        press("Look what would be taken in");
        test(find(TextField.class).all().getFirst()).setValue("no such key");
        press("Look");
        assertThat(find(TextField.class).all().getFirst().getErrorMessage()).contains("A key has 1 to 100 letters");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverIsNoOwnerFindsNothing() {
        UI.getCurrent().navigate("stripe");
        assertThat(heading()).isEqualTo("Nothing is here");
    }
}
