package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.invoice.Invoice;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an account was billed, owes and pays with, on its page. */
class AccountInvoicesTest extends ConsoleTest {

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
        assertThat(page()).containsSubsequence("4242", "Charged", "4444");
    }

    @SuppressWarnings("unchecked")
    private Grid<Invoice> grid() {
        return find(Grid.class).single();
    }
}
