package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.change.QuotePanel;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.AddOnQuantity;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The bundle that an account has, on its page and where a change forms or breaks one. */
class AccountBundleTest extends ConsoleTest {

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    private Quotes quotes;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Catalog catalog;

    private Story story;
    private String account;

    @BeforeEach
    void aVendorWithABundle() {
        story = stories.beginWithCatalogOfItsOwn();
        account = story.subscribed("ada", "team", 2);
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("duo"), "key", story.key("duo"), "name", "Duo", "percentOff", "20", "members",
                List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights"))))).at("/createBundle/bundle");
    }

    @Test
    void itIsSaidBeforeItIsFormedWhileItIsThereAndBeforeItIsBroken() {
        assertThat(told(insights(1))).contains("The bundle “Duo” is formed", "20% off, which is $15.80 a month");
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).doesNotContain("Duo");

        story.accept(story.token(account, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))))).text("/changePlan/change/state");
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("Bundle", "Duo: 20% off");
        assertThat(told(new RequestedChange(null, null, null, 3L))).contains("The bundle “Duo” stays", "which is $20.80 a month");
        assertThat(told(insights(0))).contains("The bundle “Duo” is broken", "which was $15.80 a month");
    }

    private RequestedChange insights(long quantity) {
        return new RequestedChange(null, null, null, null, List.of(new AddOnQuantity(story.key("insights"), quantity)), null, null, null);
    }

    private String told(RequestedChange change) {
        Quote quote = (Quote) quotes.quote(SELF, accounts.meant(SELF, account).id(), change);
        return said(QuotePanel.preview(quote, catalog.snapshot(), ZoneOffset.UTC));
    }
}
