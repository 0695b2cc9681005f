package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
import dev.headroom.console.QueryText;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AccountViewTest extends ConsoleTest {

    @Autowired
    private StripeClient stripe;

    @Autowired
    private Accounts accounts;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    @Test
    void accountsAreFoundByTheirNameWithWhatTheyBoughtAndWhatThatBrings() {
        story.subscribed("ada", "team", 4);
        story.account("bob");
        follow("accounts", "q", "-" + story.number());
        assertThat(find(QueryText.class).single().getValue()).isEqualTo("-" + story.number());
        Grid<AccountRow> grid = grid();
        assertThat(test(grid).getRow(0).account().name()).isEqualTo("ada");
        assertThat(texts(grid, 0)).contains("team", "USD", "$100.00");
        assertThat(texts(grid, 1)).contains("bob-" + story.number(), "Nothing bought");
    }

    @Test
    void aListThatIsLongIsReadByPages() {
        IntStream.range(0, 60).forEach(at -> story.account("lengthy%02d".formatted(at)));
        follow("accounts", "q", "lengthy");
        assertThat(test(grid()).getRow(55).account().name()).isEqualTo("lengthy55");
    }

    @Test
    void thePageOfAnAccountTellsWhatWasBoughtUsedAndMayBeUsed() {
        String account = story.subscribed("ada", "starter", 0);
        story.record(List.of(Map.of("id", "e1", "account", account, "meter", story.key("calls"), "quantity", 850)));
        navigate("accounts/" + account, AccountView.class);
        assertThat(heading()).isEqualTo("ada");
        assertThat(page())
                .contains("starter", "Active", "850 of 1,000 · 85%", "Nearly used up", "Warns from 800 on")
                .contains("Visa ending in 4242")
                .containsSubsequence(
                        "New business: MRR went from $0.00 to $99.00", "Subscription started", "Card saved: Visa ending in 4242", "Account created")
                .contains("Paid period", "0 of 5 held", "times in UTC");
    }

    @Test
    void whoeverEditsTheCatalogueGivesAnAccountItsOwnPrice() {
        String account = story.subscribed("ada", "team", 2);
        String other = story.subscribed("bob", "team", 2);
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("No price of its own");
        press("Give this account its own price");
        @SuppressWarnings("unchecked")
        ComboBox<Plan> instead = find(ComboBox.class).single();
        instead.setValue(instead.getListDataView().getItems().filter(plan -> plan.key().equals(story.key("pro"))).findFirst().orElseThrow());
        assertThat(find(TextField.class).single().getValue()).isEqualTo(story.key("pro") + "-" + account);
        press("Begin the draft");
        assertThat(page()).contains("Own price of ada");

        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("Own prices", "Being prepared").doesNotContain("No price of its own");
        navigate("accounts/" + other, AccountView.class);
        assertThat(page()).contains("No price of its own").doesNotContain("Being prepared");
    }

    @Test
    void whatAContractSaysIsNotedAndShownAndTakenBack() {
        String account = story.subscribed("ada", "team", 2);
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).doesNotContain("Committed until");
        press("Commitment …");
        find(DatePicker.class).single().setValue(LocalDate.ofInstant(stories.clock().instant(), ZoneOffset.UTC).plusYears(2));
        press("Note it");
        assertThat(page()).contains("The commitment is noted", "Committed until");
        assertThat(story.accept(story.token(account, Map.of("seats", 3))).text("/changePlan/__typename")).isEqualTo("PlanChanged");
        assertThat(story.quote(story.backend(), account, Map.of("seats", 1)).text("/account/quote/__typename")).isEqualTo("ChangeOnHold");

        press("Commitment …");
        find(DatePicker.class).single().clear();
        press("Note it");
        assertThat(page()).doesNotContain("Committed until");
    }

    @Test
    void aTrialIsNoPaidPeriodAndIsChangedWithoutACharge() {
        String account = story.account("ada");
        story.start(account, Map.of("plan", story.key("team"), "seats", 2, "trialDays", 14));
        story.accept(story.token(account, Map.of("seats", 3)));
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("Trial", "In trial", "nothing was due").doesNotContain("Paid period", "charged $0.00", "Last invoice");
    }

    @Test
    void whatWasNotPaidIsNotCalledPaid() {
        String account = story.subscribed("ada", "team", 2);
        story.card(account, "pm_card_chargeCustomerFail");
        stories.pass(Duration.ofDays(32));
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("Past due", "Last invoice", "Unpaid").doesNotContain("Paid period");
    }

    @Test
    void whatStripeBillsBesidesIsNamedAndNoAmountIsSaidThatItWouldChange() throws StripeException {
        String account = story.subscribed("ada", "team", 2);
        String customer = accounts.meant(new Actor.System("test"), account).stripeCustomer();
        String bought = stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().getFirst().getId();
        String product = stripe.v1().products().create(ProductCreateParams.builder().setName("Consulting").build()).getId();
        String price = stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product).setCurrency("usd").setUnitAmount(700L)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build()).getId();
        stripe.v1().subscriptionItems().create(SubscriptionItemCreateParams.builder().setSubscription(bought).setPrice(price).setQuantity(1L)
                .setProrationBehavior(SubscriptionItemCreateParams.ProrationBehavior.NONE).build());
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("$50.00 on ").doesNotContain("not in the catalogue");
        stories.settle();
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("Also billed at Stripe", "1 price that is not in the catalogue", "Next invoice").doesNotContain("$50.00 on ");
    }

    @Test
    void manyMembersAddedAndSeatedInARowAreTwoLines() {
        String account = story.subscribed("ada", "team", 5);
        IntStream.range(0, 4).forEach(at -> story.backend().ask(
                "mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { id } } } }", "input", Map.of(
                        "idempotencyKey", story.key("m" + at), "account", account, "key", "m" + at, "email", "m" + at + "@example.com", "name", "Member " + at)));
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("4 members added", "Member added: Member 3");
        roundTrip();
        assertThat(find(Timeline.class).single().getElement().getChildCount()).isEqualTo(5);
    }

    @Test
    void aProductWithoutSeatsSaysNothingOfSeats() {
        String key = story.key("plain");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", key, "key", key, "name", "Plain", "features", List.of())).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", key, "product", key, "key", key, "name", "plain", "rank", 1, "prices",
                List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)), "entitlements", List.of())).at("/createPlan/version");
        String account = story.account("ada");
        story.start(account, Map.of("plan", key)).at("/startSubscription/subscription/id");
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("plain", "Period").doesNotContain("Seats", "Paid period");
    }

    @Test
    void anAccountThatBoughtNothingSaysSo() {
        String account = story.account("bob");
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("Nothing bought yet", "Nothing to measure", "No members");
        assertThat(button("Change plan")).isEmpty();
    }

    @Test
    void anAccountThatIsNotThereIsNotFound() {
        assertThat(NotFound.at(() -> navigate("accounts/nobody", AccountView.class))).isTrue();
    }

    @SuppressWarnings("unchecked")
    private Grid<AccountRow> grid() {
        return find(Grid.class).single();
    }

    private List<String> texts(Grid<AccountRow> grid, int row) {
        return IntStream.range(0, grid.getColumns().size()).mapToObj(column -> String.valueOf(test(grid).getCellText(row, column))).toList();
    }
}
