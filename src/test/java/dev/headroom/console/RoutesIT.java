package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import dev.headroom.Api;
import dev.headroom.actor.Permission;
import dev.headroom.console.rollout.Publishing;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutChoice;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Every page there is, with all of its tabs, on the narrowest screen, at 200 % zoom and on a wide one, in words that are longer than anybody's. */
class RoutesIT extends ConsoleJourney {

    /** 1280 points of which each is shown as two. */
    private static final int ZOOMED = 640;
    private static final List<Integer> WIDTHS = List.of(NARROW, ZOOMED, WIDE);

    /** Before somebody is signed in; the first of all leads to another one. */
    private static final Set<String> OUTSIDE = Set.of("login", "link");

    /** That no journey looks at in both schemes, which is where all others are. */
    private static final Set<String> SEEN_HERE_ALONE = Set.of("login", "profile", "drafts", "keys", "revenue/retained", "revenue/accounts");

    @Autowired
    private ServletContext servlet;

    @Autowired
    private ApplicationContext context;

    private final Map<String, List<String>> misfits = new LinkedHashMap<>();
    private Api api;
    private String sale;
    private String endpoint;

    @BeforeEach
    void whatOthersHaveNoUseFor() {
        api = stories.api(stories.secret(Set.of(Permission.values())));
        sale = api.ask("mutation ($input: OpenSaleDraftInput!) { openSaleDraft(input: $input) { ... on SaleDraftOpened { draft { id } } } }",
                "input", Map.of("idempotencyKey", "routes", "kind", "OFFER", "act", "MAKE")).text("/openSaleDraft/draft/id");
        endpoint = api.ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id } } }", "input",
                Map.of("url", "https://localhost:1/hooks", "events", List.of("VERSION_PUBLISHED"))).text("/createWebhookEndpoint/endpoint/id");
    }

    @AfterEach
    void awayWithIt() {
        api.ask("mutation ($input: DiscardSaleDraftInput!) { discardSaleDraft(input: $input) { __typename } }", "input", Map.of("draft", sale)).at("/discardSaleDraft");
        api.ask("mutation ($input: RemoveWebhookEndpointInput!) { removeWebhookEndpoint(input: $input) { id } }", "input", Map.of("endpoint", endpoint)).at("/removeWebhookEndpoint");
    }

    @Test
    void nothingIsCutOffAndNoPageScrollsSideways() {
        Map<String, String> addresses = addresses();
        try (ConsoleBrowser console = CHROMIUM.fresh(stories.url(), PseudoLanguage.LOCALE.toLanguageTag(), NARROW)) {
            OUTSIDE.forEach(route -> {
                console.page.navigate(stories.url() + "/" + route);
                console.page.waitForSelector("h1");
                look(console, route);
                accessible(console, route);
            });
            console.signIn(Showcase.EMAIL, Showcase.PASSWORD);
            assertThat(heading(console.page)).hasText(PseudoLanguage.longer("Overview"));
            routes().stream().filter(route -> !OUTSIDE.contains(route)).sorted().forEach(route -> {
                assertThat(route.contains(":") && !addresses.containsKey(route)).as("the route %s has no address in this test", route).isFalse();
                visit(console, addresses.getOrDefault(route, route));
            });
            assertThat(console.complaints()).isEmpty();
        }
        assertThat(misfits).isEmpty();
    }

    private List<String> routes() {
        return RouteConfiguration.forRegistry(ApplicationRouteRegistry.getInstance(new VaadinServletContext(servlet))).getAvailableRoutes().stream()
                .map(route -> route.getTemplate())
                .toList();
    }

    /** One that there is of whatever has an address of its own. */
    private Map<String, String> addresses() {
        String draft = api.ask("mutation ($input: OpenDraftInput!) { openDraft(input: $input) { ... on DraftOpened { draft { id } } ... on DraftAlreadyOpen { draft { id } } } }",
                "input", Map.of("idempotencyKey", "routes", "plan", "enterprise")).text("/openDraft/draft/id");
        Rollout rollout = Publishing.by(context, "pro", 29_900, RolloutChoice.FOR_NEW_ONES);
        return Map.ofEntries(
                Map.entry("", "overview"),
                Map.entry("plans/:plan", "plans/crew"),
                Map.entry("add-ons/:addOn", "add-ons/5-more-seats"),
                Map.entry("features/:feature", "features/api-calls"),
                Map.entry("drafts/:draft", "drafts/" + draft),
                Map.entry("sale-drafts/:draft", "sale-drafts/" + sale),
                Map.entry("rollouts/:rollout", "rollouts/" + rollout.id()),
                Map.entry("impacts/:impact", "impacts/" + rollout.impact()),
                Map.entry("approvals/:request", "approvals/" + one("select id from approval.request limit 1")),
                Map.entry("audit/:entry", "audit/" + one("select id from audit.entry where operation = 'grantFeature' limit 1")),
                Map.entry("accounts/:account", "accounts/dune-robotics"),
                Map.entry("accounts/:account/changes/:change", "accounts/dune-robotics/changes/" + one("""
                        select change.id from change.plan_change change join account.account on account.id = change.account_id where account.key = 'dune-robotics' limit 1""")),
                Map.entry("accounts/:account/review", "accounts/dune-robotics/review"),
                Map.entry("accounts/:account/alternatives/:product", "accounts/acme-rockets/alternatives/launchpad"));
    }

    private Object one(String sql) {
        return Objects.requireNonNull(stories.db().fetchValue(sql));
    }

    private void visit(ConsoleBrowser console, String address) {
        Page page = console.page;
        page.setViewportSize(NARROW, 800);
        console.follow(address);
        look(console, address);
        accessible(console, address);
        Locator tabs = page.locator("main vaadin-tab");
        List<String> names = new ArrayList<>(tabs.allTextContents());
        for (int tab = 1; tab < names.size(); tab++) {
            page.setViewportSize(NARROW, 800);
            tabs.nth(tab).click();
            look(console, address + " › " + names.get(tab).strip());
        }
    }

    private static void accessible(ConsoleBrowser console, String address) {
        if (SEEN_HERE_ALONE.contains(address)) {
            console.accessibleInBoth();
        }
    }

    /** The same page on all of them, as when somebody turns the phone or zooms. */
    private void look(ConsoleBrowser console, String what) {
        for (int width : WIDTHS) {
            console.page.setViewportSize(width, 800);
            console.settle();
            List<String> found = Layout.misfits(console.page);
            if (!found.isEmpty()) {
                misfits.put(what + " at " + width, found);
            }
        }
    }
}
