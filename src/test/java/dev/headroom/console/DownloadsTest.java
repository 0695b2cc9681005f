package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.console.impact.HindrancePanel;
import dev.headroom.entitlement.RollOuts;
import dev.headroom.impact.ImpactSummary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** What a page lists can be had as a file, as it is filtered. */
class DownloadsTest extends ConsoleTest {

    @Autowired
    private RollOuts rollOuts;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    private List<String> file(String address, String query) {
        UI.getCurrent().navigate(address, QueryParameters.fromString(query));
        roundTrip();
        return file(find(Anchor.class).all().stream().filter(link -> link.isVisible() && link.hasClassName("download")).toList().getLast());
    }

    private List<String> file(Anchor link) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        test(link).download(file);
        return file.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void theVersionsOfAPlanAndWhoHasThem() {
        story.subscribed("acme", "starter", 0);
        String plan = story.key("starter");
        assertThat(file("plans/" + plan, "tab=versions")).first().isEqualTo("plan,version,name,state,published_at,prices,features");
        assertThat(file("plans/" + plan, "tab=versions")).last().asString().startsWith(plan + ",1,starter,PUBLISHED,").endsWith(",2,3");
        assertThat(file("plans/" + plan, "tab=subscribers")).containsExactly("plan,version,on_sale,subscriptions", plan + ",1,true,1");
    }

    @Test
    void whatPlansGrantSideBySideAndAsItIsWritten() {
        String heading = "product,feature,plan,version,state,granted,included,policy,soft_limit,grace_days,grace_percent,setting";
        assertThat(file("limits", "product=" + story.key("suite"))).startsWith(heading)
                .anyMatch(line -> line.startsWith(story.key("suite") + "," + story.key("sso") + "," + story.key("free") + ",1,PUBLISHED,false,"))
                .anyMatch(line -> line.startsWith(story.key("suite") + "," + story.key("sso") + "," + story.key("pro") + ",1,PUBLISHED,true,"));
        assertThat(file("plans", "tab=compare")).startsWith(heading).hasSizeGreaterThan(1);
    }

    @Test
    void howCustomersMoveWhatUnitsAreWorthAndWhichGatesOpen() {
        story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "kind", "UPGRADE", "to", story.key("pro"), "transition", "PERIOD_END")).at("/addTransitionRule");
        assertThat(file("transitions", "product=" + story.key("suite"))).containsExactly("product,kind,from,to,transition", story.key("suite") + ",UPGRADE,," + story.key("pro") + ",PERIOD_END");
        story.backend().ask("mutation ($input: SetValueMetricsInput!) { setValueMetrics(input: $input) { __typename } }", "input", Map.of(
                "product", story.key("suite"), "version", 0, "metrics", List.of(Map.of("feature", story.key("sso"), "currency", "USD", "unitMinor", "10000", "basis", "=what a breach costs")))).at("/setValueMetrics");
        assertThat(file("value", "")).startsWith("product,feature,amount_minor,currency,minutes,basis").contains(story.key("suite") + "," + story.key("sso") + ",10000,USD,,'=what a breach costs");
        rollOuts.set(new Actor.System("test"), story.key("sso"), 25);
        assertThat(file("rules", "")).startsWith("kind,feature,percent,meter,units,set_at").anyMatch(line -> line.startsWith("ROLL_OUT," + story.key("sso") + ",25,,,"));
        rollOuts.set(new Actor.System("test"), story.key("sso"), 0);
    }

    @Test
    void whoCannotMoveAndWhy() {
        ImpactSummary summary = JsonMapper.shared().readValue("""
                {"cells": [{"currency": "USD", "standing": "ACTIVE", "band": "SAME", "hindrance": "ENDS", "accounts": 3, "recurringBefore": 900, "recurringAfter": 900, "mrrBefore": 900, "mrrAfter": 900}],
                  "limits": []}""", ImpactSummary.class);
        HindrancePanel panel = HindrancePanel.hindrances(summary);
        UI.getCurrent().add(panel);
        Anchor link = (Anchor) panel.getChildren().filter(Anchor.class::isInstance).findFirst().orElseThrow();
        assertThat(file(link)).containsExactly("hindrance,currency,accounts,mrr_minor,mrr", "ENDS,USD,3,900,9.00");
    }
}
