package dev.headroom.console.connection;

import static dev.headroom.stripe.jooq.Tables.INBOX;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.param.ProductUpdateParams;
import com.vaadin.flow.component.UI;
import dev.headroom.Story;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
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

    @AfterEach
    void forget() {
        db.deleteFrom(INBOX).where(INBOX.EVENT_ID.eq(EVENT)).execute();
    }

    @Test
    void theOverviewSaysHowEventsComeInAndWhoToAsk() {
        UI.getCurrent().navigate("stripe");

        assertThat(heading()).isEqualTo("Stripe connection");
        assertThat(page()).contains("Test: no real money moves", "How it stands", "Where Stripe sends events");
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
    @SignedInAs(Role.VIEWER)
    void whoeverIsNoOwnerFindsNothing() {
        UI.getCurrent().navigate("stripe");
        assertThat(heading()).isEqualTo("Nothing is here");
    }
}
