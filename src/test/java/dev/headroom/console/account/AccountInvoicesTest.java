package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import dev.headroom.invoice.Invoice;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an account was billed, owes and pays with, on its page. */
class AccountInvoicesTest extends ConsoleTest {

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    private StripeClient stripe;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Subscriptions subscriptions;

    private Story story;
    private String ada;

    @BeforeEach
    void aCustomer() {
        story = stories.begin();
        ada = story.subscribed("ada", "team", 2);
    }

    @Test
    void invoicesAreListedUnderTheirOwnAddressWithAFile() {
        stories.pass(Duration.ofDays(1));
        story.accept(story.token(ada, Map.of("seats", 5))).at("/changePlan/change/id");
        stories.settle();
        follow("accounts/" + ada, "tab", "invoices");
        Grid<Invoice> grid = grid();
        assertThat(test(grid).size()).isEqualTo(2);
        assertThat(test(grid).getRow(0).reason()).isEqualTo(Invoice.Reason.CHANGE);
        assertThat(find(Anchor.class).all()).extracting(Anchor::getText).contains("Download CSV");
    }

    @Test
    void aChangeLeadsToItsInvoiceWithItsLines() {
        story.accept(story.token(ada, Map.of("seats", 5))).at("/changePlan/change/id");
        stories.settle();
        navigate("accounts/" + ada, AccountView.class);
        String link = find(Anchor.class).all().stream().filter(each -> each.getText().equals("Invoice")).findFirst().orElseThrow().getHref();
        assertThat(link).startsWith("accounts/" + ada + "?tab=invoices&invoice=in_");
        assertThat(page()).contains(": charged $");
    }

    @Test
    void whatIsOwedIsPaidWithTheCardThatIsCharged() {
        story.card(ada, "pm_card_chargeCustomerFail");
        stories.pass(Duration.ofDays(32));
        String id = story.backend().ask("query ($key: String) { account(key: $key) { owedInvoices { id } } }", "key", ada).text("/account/owedInvoices/0/id");
        story.card(ada, "pm_card_visa");
        UI.getCurrent().navigate("accounts/" + ada, QueryParameters.simple(Map.of("tab", "invoices", "invoice", id)));
        assertThat(page()).contains("Open", "Still to pay", "$50.00");

        press("Pay $50.00 now");

        assertThat(page()).contains("What it kept from being changed can be changed now");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscription { state } } }", "key", ada)
                .text("/account/subscription/state")).isEqualTo("ACTIVE");
    }

    @Test
    void theLastCardIsNotRemovedWhileItIsNeeded() {
        navigate("accounts/" + ada, AccountView.class);
        press("Remove");
        assertThat(page()).contains("has no other card to be paid with");
        story.card(ada, "pm_card_mastercard");
        navigate("accounts/" + ada, AccountView.class);
        press("Charge this card");
        assertThat(page()).containsSubsequence("4242", "Is charged", "4444");
    }

    @Test
    void thatInvoicesAreSentIsSaidAndThatAPaymentIsDisputed() throws StripeException {
        String subscription = subscriptions.live(SELF, accounts.meant(SELF, ada).id()).getFirst().stripeId();
        stripe.v1().subscriptions().update(subscription, SubscriptionUpdateParams.builder()
                .setCollectionMethod(SubscriptionUpdateParams.CollectionMethod.SEND_INVOICE).setDaysUntilDue(30L).build());
        stories.settle();
        navigate("accounts/" + ada, AccountView.class);
        assertThat(page()).contains("by invoice, within 30 days").doesNotContain("Paid period", "Payment disputed");

        String bea = story.account("bea");
        story.card(bea, "pm_card_createDispute");
        story.start(bea, Map.of("plan", story.key("team"), "seats", 2)).at("/startSubscription/subscription/id");
        stories.settle();
        navigate("accounts/" + bea, AccountView.class);
        assertThat(page()).contains("Payment disputed").doesNotContain("by invoice");
    }

    @SuppressWarnings("unchecked")
    private Grid<Invoice> grid() {
        return find(Grid.class).single();
    }
}
