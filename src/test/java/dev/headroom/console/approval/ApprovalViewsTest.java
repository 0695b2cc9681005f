package dev.headroom.console.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking, deciding and accepting in the console, with the price in sight. */
class ApprovalViewsTest extends ConsoleTest {

    private static final Map<String, Object> FIFTH_FOR_A_YEAR = Map.of("percentOff", "20", "duration", "MONTHS", "months", 12);

    private Story story;
    private String acme;

    @BeforeEach
    void aVendorWithRules() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        story.backend().ask("mutation ($input: SetApprovalRulesInput!) { setApprovalRules(input: $input) { __typename } }",
                "input", Map.of("product", story.key("suite"), "version", 0, "seats", 20));
    }

    @Test
    void whatNeedsASayIsAskedForInTheDialogAndNotPaid() {
        navigate("accounts/" + acme, Main.class);
        press("Change plan");
        find(IntegerField.class).all().stream().filter(field -> "Seats".equals(field.getLabel())).findFirst().ifPresent(field -> test(field).setValue(30));
        assertThat(dialog()).contains("Somebody has to agree first", "30 seats; more than 20 need approval", "Due today");
        assertThat(button("Pay")).isEmpty();
        press("Ask for approval");
        submit();
        assertThat(text("Reason").getErrorMessage()).contains("1 to 200 characters");
        test(text("Reason")).setValue("They open an office");
        submit();
        assertThat(page()).contains("Requests for approval");
        assertThat(state(newest())).isEqualTo("REQUESTED");

        UI.getCurrent().navigate("approvals/" + newest());
        assertThat(page()).contains("“They open an office”", "Waits for a decision", "You", "30 seats; more than 20 need approval", "pro by the month, 30 seats");
        assertThat(button("Approve")).as("whoever asks does not decide").isEmpty();
        press("Take back");
        assertThat(page()).contains("Taken back");
    }

    @Test
    void anEndThatTheRulesWantApprovedLeadsToAskingAndTheRuleIsNamed() {
        story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }",
                "input", Map.of("idempotencyKey", acme, "product", story.key("suite"), "kind", "END", "from", story.key("team"), "transition", "BY_APPROVAL"))
                .at("/addTransitionRule/rule/id");
        navigate("accounts/" + acme, Main.class);
        press("End subscription");
        assertThat(dialog()).contains("The transition rules want this to be approved: End of the subscription (team)");
        press("Ask for approval");
        test(text("Reason")).setValue("They move to another house");
        submit();

        UI.getCurrent().navigate("approvals/" + newest());
        assertThat(page()).contains("End of the subscription (team)", "Ends on ");
    }

    @Test
    void aRequestIsApprovedAtThePriceThatIsShownAndAccepted() {
        String id = ask(Map.of("seats", 10), FIFTH_FOR_A_YEAR);
        UI.getCurrent().navigate("approvals/" + id);
        assertThat(heading()).isEqualTo("Request of acme");
        assertThat(page()).contains("20% off for 12 months", "The discount is not on offer", "$125.00", "$200.00", "API", "team by the month, 5 seats");

        press("Approve");
        assertThat(dialog()).contains("Remaining time: team, 10 seats", "$37.50").doesNotContain("valid until");
        submit();
        assertThat(text("Comment").getErrorMessage()).contains("1 to 200 characters");
        test(text("Comment")).setValue("For a year");
        submit();
        assertThat(page()).contains("Approved", "“For a year”");

        press("Accept for the customer");
        assertThat(dialog()).contains("Agreed", "it can be accepted once");
        press("Pay $37.50 now and change");
        assertThat(state(id)).isEqualTo("ACCEPTED");
        assertThat(page()).contains("Accepted");
    }

    @Test
    void aCounterOfferIsPricedWhileItIsTyped() {
        String id = ask(Map.of("seats", 10), FIFTH_FOR_A_YEAR);
        UI.getCurrent().navigate("approvals/" + id);
        press("Counter-offer");
        assertThat(dialog()).contains("$37.50");
        test(text("Discount in percent")).setValue("10");
        assertThat(dialog()).contains("$50.00");
        test(text("Seats")).setValue("12");
        assertThat(dialog()).contains("Remaining time: team, 12 seats", "$72.50");
        test(text("Discount in percent")).setValue("900");
        assertThat(dialog()).contains("Expected more than 0 and at most 100 percent").doesNotContain("$72.50");
        test(text("Discount in percent")).setValue("10");
        test(text("Comment")).setValue("A tenth");
        submit();
        assertThat(page()).contains("Counter-offer", "10% off for 12 months", "20% off for 12 months", "“A tenth”");
        assertThat(state(id)).isEqualTo("COUNTERED");
    }

    @Test
    void aRefusalIsSaidAndWhatIsDecidedCannotBeDecidedAgain() {
        String id = ask(Map.of("seats", 30), null);
        UI.getCurrent().navigate("approvals/" + id);
        press("Refuse");
        test(text("Comment")).setValue("Too many");
        withdraw(id);
        submit();
        assertThat(page()).contains("It is decided already", "Taken back");
        assertThat(button("Approve")).isEmpty();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayOnlyLookSeesItAndDecidesNothing() {
        String id = ask(Map.of("seats", 30), null);
        follow("approvals", "state", "REQUESTED");
        assertThat(heading()).isEqualTo("Approvals");
        assertThat(state().getValue()).isEqualTo(ApprovalState.REQUESTED);
        assertThat(test(find(Grid.class).single()).size()).isPositive();
        UI.getCurrent().navigate("approvals/" + id);
        assertThat(page()).contains("Waits for a decision");
        assertThat(button("Approve")).isEmpty();
        assertThat(button("Refuse")).isEmpty();
        assertThat(button("Take back")).isEmpty();
        follow("approvals", "tab", "rules");
        assertThat(page()).contains("More than 20 seats");
        assertThat(button("Change")).isEmpty();
    }

    @Test
    void rulesAreSetForAProduct() {
        follow("approvals", "tab", "rules");
        assertThat(page()).contains("More than 20 seats");
        // The last product is this story's.
        find(Button.class).all().stream()
                .filter(button -> button.getText().equals("Change")).reduce((first, last) -> last).ifPresent(button -> test(button).click());
        test(text("More seats than")).setValue("25");
        test(text("More recurring revenue a month than, in USD")).setValue("1200.50");
        test(text("A greater discount than, in percent")).setValue("250");
        submit();
        assertThat(text("A greater discount than, in percent").getErrorMessage()).contains("0 to 100");
        test(text("A greater discount than, in percent")).setValue("12.5");
        submit();
        assertThat(page()).contains("More than 25 seats", "More than $1,200.50 of recurring revenue a month", "A discount of more than 12.5%");
    }

    @Test
    void itIsSaidInGermanToo() {
        String id = ask(Map.of("seats", 10), FIFTH_FOR_A_YEAR);
        UI.getCurrent().setLocale(Locale.GERMAN);
        UI.getCurrent().navigate("approvals/" + id);
        assertThat(page()).contains("Anfrage von acme", "Wartet auf Entscheidung", "Den Rabatt gibt es nicht im Angebot", "für 12 Monate").doesNotContain("!approval");
    }

    @Test
    void anUnknownRequestIsNoPage() {
        UI.getCurrent().navigate("approvals/" + UUID.randomUUID());
        assertThat(heading()).isNotEqualTo("Approvals");
        assertThat(button("Approve")).isEmpty();
    }

    /** In the form that was opened last. */
    private void submit() {
        roundTrip();
        test(find(FormDialog.class).all().getLast().getFooter().getElement().getChildren().map(each -> (Button) each.getComponent().orElseThrow())
                .filter(each -> "submit".equals(each.getId().orElse(""))).findFirst().orElseThrow()).click();
    }

    private TextField text(String label) {
        return find(TextField.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Select<ApprovalState> state() {
        return (Select<ApprovalState>) find(Select.class).single();
    }

    private String ask(Map<String, Object> change, @Nullable Map<String, Object> discount) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "change", change, "reason", "They grow"));
        if (discount != null) {
            input.put("discount", discount);
        }
        return story.backend().ask("mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { ... on ApprovalRequested { request { id } } } }",
                "input", input).text("/requestApproval/request/id");
    }

    private void withdraw(String id) {
        story.backend().ask("mutation ($input: WithdrawApprovalInput!) { withdrawApproval(input: $input) { __typename } }",
                "input", Map.of("account", acme, "request", id)).text("/withdrawApproval/__typename");
    }

    private String newest() {
        return story.backend().ask("query ($key: String) { account(key: $key) { approvalRequests(first: 1) { id } } }", "key", acme)
                .text("/account/approvalRequests/0/id");
    }

    private String state(String id) {
        return story.backend().ask("query ($id: ID!) { approvalRequest(id: $id) { state } }", "id", id).text("/approvalRequest/state");
    }
}
