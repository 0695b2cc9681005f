package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import dev.headroom.Dashboard;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.console.ConsoleTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an account bought beside its plan, on its page. */
class AccountAddOnsTest extends ConsoleTest {

    @Autowired
    private StripeClient stripe;

    @Autowired
    private Accounts accounts;

    private Story story;
    private Dashboard dashboard;

    @BeforeEach
    void aVendor() {
        story = stories.beginWithCatalogOfItsOwn();
        dashboard = new Dashboard(stripe, accounts, story);
    }

    @Test
    void whatWasBoughtBesideThePlanIsNamedWithHowManyOfIt() throws StripeException {
        String account = story.subscribed("ada", "team", 2);
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("2 bought, 0 held").doesNotContain("Add-ons");

        dashboard.put(account, "seat-pack", 2);
        dashboard.put(account, "insights", 1);
        navigate("accounts/" + account, AccountView.class);

        assertThat(page()).contains("Add-ons", "2 × seat-pack", "1 × insights", "12 bought, 0 held", "$177.00");
        follow("accounts/" + account, "tab", "features");
        roundTrip();
        assertThat(page()).containsSubsequence("Seats", "team, version 1", "2 × seat-pack, version 1").contains("1 × insights, version 1");
    }

    @Test
    void theMarkOfAMeterMovesWithWhatAnAddOnAdds() throws StripeException {
        story.backend().ask("mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { ... on AddOnCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", "traffic", "product", story.key("suite"), "key", story.key("traffic"), "name", "traffic", "prices",
                List.of(Map.of("interval", "MONTH", "currency", "USD", "perSeat", "900")),
                "entitlements", List.of(Map.of("feature", story.key("calls"), "included", 500)))).at("/createAddOn/version");
        String account = story.subscribed("ada", "starter", 0);
        dashboard.put(account, "traffic", 3);

        navigate("accounts/" + account, AccountView.class);

        assertThat(page()).contains("0 of 2,500", "Warns from 2,300 on");
    }
}
