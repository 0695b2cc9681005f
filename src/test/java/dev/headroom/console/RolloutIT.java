package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.headroom.Api;
import dev.headroom.actor.Permission;
import dev.headroom.console.rollout.Publishing;
import dev.headroom.impact.Looking;
import dev.headroom.rollout.Moving;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A roll-out as it is begun with a publication, watched, paused, resumed and read when it is over. */
class RolloutIT extends ConsoleJourney {

    private static final String PLAN = "squad";
    private static final List<String> CUSTOMERS = List.of("Ivory Press", "Juniper Labs", "Kestrel Air");

    @Autowired
    private ApplicationContext context;

    /** A plan of its own, so that nobody else's prices change. */
    private void sell() {
        Api api = stories.api(stories.secret(Set.of(Permission.values())));
        api.ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", PLAN, "product", "enablement", "key", PLAN, "name", "Squad", "rank", 2,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 5_900)), "entitlements", List.of(Map.of("feature", "learners", "included", 10))))
                .at("/createPlan/version");
        for (String name : CUSTOMERS) {
            String key = name.toLowerCase(Locale.ROOT).replace(' ', '-');
            api.ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }", "input", Map.of(
                    "idempotencyKey", key, "key", key, "name", name, "email", "billing@" + key + ".example", "currency", "USD", "zone", "Europe/Berlin"));
            api.ask("mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { __typename } }", "input", Map.of(
                    "idempotencyKey", key, "account", key, "paymentMethod", "pm_card_visa"));
            api.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename } }", "input", Map.of(
                    "idempotencyKey", key, "account", key, "plan", PLAN));
        }
        stories.settle();
    }

    @Test
    void aRollOutIsBegunWatchedPausedResumedAndOver() {
        sell();
        String draft = Publishing.prepared(context, PLAN, 4_900).id().toString();
        try (ConsoleBrowser console = open(WIDE, "drafts/" + draft)) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_000);
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            begin(page);
            page.getByText("See each account").first().click();
            assertThat(heading(page)).hasText("Squad, version 2");
            assertThat(page.getByText("0 of 3 are settled.")).isVisible();

            Moving.on(context, 1);
            assertThat(page.getByText("1 of 3 are settled.")).isVisible();
            // Without what was told when it began, and with everybody in sight.
            page.setViewportSize(WIDE, 1_180);
            console.go(page.url().substring(stories.url().length() + 1));
            assertThat(page.getByText("1 of 3 are settled.")).isVisible();
            console.shown("rollout");
            turn(page, "Pause");
            assertThat(page.getByText("Nobody is moved until it is resumed")).isVisible();
            Moving.all(context);
            assertThat(page.getByText("1 of 3 are settled.")).isVisible();
            turn(page, "Resume");
            assertThat(exactly(page, "Pause")).isVisible();
            Moving.all(context);
            assertThat(page.getByText("3 of 3 are settled.")).isVisible();
            assertThat(page.getByText("3 were moved: MRR $177.00 → $147.00")).isVisible();
            assertThat(exactly(page, "Pause")).hasCount(0);
            console.accessible();

            console.go("rollouts");
            assertThat(page.getByText("3 of 3 moved").last()).isVisible();
            console.shown("rollouts");
            page.keyboard().press("Control+k");
            Locator search = page.locator("vaadin-dialog").getByRole(AriaRole.COMBOBOX);
            assertThat(search).isFocused();
            search.fill("squad, version");
            assertThat(page.getByRole(AriaRole.OPTION).getByText("Squad, version 2").first()).isVisible();
            page.keyboard().press("Escape");
            console.go("overview");
            console.shown("overview");
            assertThat(console.complaints()).isEmpty();
        }
    }

    private void begin(Page page) {
        exactly(page, "Publish…").click();
        exactly(page, "Next").click();
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        Looking.on(context);
        assertThat(page.locator("vaadin-dialog usage-chart svg")).isVisible();
        exactly(page, "Next").click();
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Is moved now, with proration")).check();
        exactly(page, "Next").click();
        page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true)).fill("Decided in the review of prices");
        page.getByLabel("Type the key to confirm").fill(PLAN);
        exactly(page, "Publish version 2 and move others now").click();
        assertThat(page.getByText("What has become of version 2")).isVisible();
    }

    /** After having read what that does. */
    private static void turn(Page page, String act) {
        exactly(page, act).click();
        page.locator("vaadin-dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(act).setExact(true)).click();
    }
}
