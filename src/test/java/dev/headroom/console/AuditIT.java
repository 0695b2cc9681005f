package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.headroom.Api;
import dev.headroom.actor.Permission;
import dev.headroom.console.rollout.Publishing;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The audit log in a real browser: found, read, downloaded and linked to. */
class AuditIT extends ConsoleJourney {

    private static final int PHONE = 390;

    @Autowired
    private ApplicationContext context;

    @Test
    void anActIsFoundReadAndDownloaded() throws IOException {
        try (ConsoleBrowser console = open(WIDE, "audit?account=acme-rockets")) {
            Page page = console.page;
            console.picture("audit");
            assertThat(page.getByText("Feature granted").last()).isVisible();
            console.shown("audit");
            page.getByLabel("Text or id").fill("outage");
            assertThat(page.getByText("“For the outage of last week”").last()).isVisible();
            assertThat(page.getByText("Account created: Acme Rockets")).hasCount(0);
            assertThat(page).hasURL(Pattern.compile(".*q=outage.*"));
            Download file = page.waitForDownload(() -> page.getByText("Download CSV").click());
            List<String> lines = Files.readAllLines(file.path());
            assertThat(lines).hasSize(2).last().asString().contains(",API_KEY,grantFeature,grant,", ",acme-rockets,For the outage of last week,");

            console.go("audit?account=acme-rockets&act=revokeGrant");
            assertThat(page.getByText("“The test is over”").last()).isVisible();
            page.locator("vaadin-grid a[href*='audit/']:visible").first().click();
            assertThat(heading(page)).hasText("Grant taken back");
            assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Revocation › Reason"))).isVisible();
            console.shown("audit-entry");
            page.setViewportSize(PHONE, 800);
            console.picture("audit-entry-narrow");
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            page.getByText("Show all that came of it").click();
            assertThat(heading(page)).hasText("Audit log");
            console.picture("audit-narrow");
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            console.go("accounts/acme-rockets?tab=activity");
            assertThat(page.getByText("All of it in the audit log")).isVisible();
            console.accessible();
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void aPublicationIsToldAsItWasSeenAndItsVersionBesideTheOneBefore() {
        Api api = stories.api(stories.secret(Set.of(Permission.values())));
        // A plan of its own, so that nobody else's prices change.
        api.ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", "guild", "product", "enablement", "key", "guild", "name", "Guild", "rank", 3,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 29_900)), "entitlements", List.of(Map.of("feature", "learners", "included", 40))))
                .at("/createPlan/version");
        Rollout rollout = Publishing.by(context, "guild", 31_900, RolloutChoice.FOR_NEW_ONES);
        Object entry = stories.db().fetchValue("select id from audit.entry where operation = 'publishDraft' and subject_id = ?", rollout.id().toString());
        try (ConsoleBrowser console = open(WIDE, "audit/" + entry)) {
            Page page = console.page;
            assertThat(page.getByText("The impact that was seen")).isVisible();
            assertThat(page.locator(".diff").getByText("$319.00 a month")).isVisible();
            console.shown("audit-decision");
            console.go("plans/guild?tab=versions");
            assertThat(page.locator(".diff").getByText("$319.00 a month")).isVisible();
            console.shown("versions");
            page.setViewportSize(PHONE, 800);
            console.picture("versions-narrow");
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            assertThat(console.complaints()).isEmpty();
        }
    }
}
