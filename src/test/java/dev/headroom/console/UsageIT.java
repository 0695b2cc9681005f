package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.headroom.actor.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Usage, limits, events and grants in a real browser. */
class UsageIT extends ConsoleJourney {

    private static void drawn(Page page) {
        assertThat(page.locator("usage-chart svg")).isVisible();
    }

    @Test
    void everyPageIsAccessibleAndPicturedInBothSchemes() {
        try (ConsoleBrowser console = open(WIDE, "accounts/dune-robotics?tab=usage")) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_170);
            drawn(page);
            console.shown("usage");
            console.go("accounts/acme-rockets?tab=features");
            console.shown("features");
            page.setViewportSize(WIDE, 800);
            console.go("usage");
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Cobalt Freight"))).isVisible();
            console.shown("limits");
            console.go("usage?tab=events");
            console.shown("received");
            console.go("events?account=dune-robotics");
            assertThat(page.getByText("dune-robotics-11-0").last()).isVisible();
            console.shown("events");
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void metersMoveWhileTheyAreOpen() {
        try (ConsoleBrowser console = open(WIDE, "accounts/fjord-media?tab=usage")) {
            Page page = console.page;
            assertThat(page.getByText("0 of 5 · 0%")).isVisible();
            use("fjord-media", 3);
            assertThat(page.getByText("3 of 5 · 60%")).isVisible();
            assertThat(page.getByRole(AriaRole.METER, new Page.GetByRoleOptions().setName("Launches"))).hasAttribute("aria-valuenow", "3");
            assertThat(console.complaints()).isEmpty();
        }
    }

    private void use(String account, int launches) {
        stories.api(stories.secret(Set.of(Permission.USAGE))).ask("mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded } }", "input", Map.of(
                "events", List.of(Map.of("id", "live-" + account, "account", account, "meter", "launches", "quantity", launches)))).at("/recordUsage/recorded");
    }

    @Test
    void aFeatureIsGrantedAndTakenBack() {
        try (ConsoleBrowser console = open(WIDE, "accounts/evergreen-health?tab=features")) {
            Page page = console.page;
            exactly(page, "Grant a feature").click();
            page.getByLabel("Feature", new Page.GetByLabelOptions().setExact(true)).fill("Single");
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Single sign-on · Launchpad")).click();
            page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true)).fill("While their merger lasts");
            exactly(page, "Grant it").click();
            assertThat(page.locator("[slot=error-message]").getByText("A TRIAL ends; only BETA and COURTESY may last for good")).isVisible();
            console.picture("grant");
            console.accessible();
            page.locator("vaadin-dialog vaadin-select").click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Courtesy")).click();
            exactly(page, "Grant it").click();
            assertThat(page.getByText("While their merger lasts")).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*tab=features"));

            exactly(page, "Take back Single sign-on").click();
            page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true)).fill("It is over");
            console.accessible();
            exactly(page, "Take the grant back").click();
            assertThat(page.getByText("Taken back: It is over")).isVisible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void whatIsFilteredCanBeLinkedAndDownloaded() throws IOException {
        try (ConsoleBrowser console = open(WIDE, "usage?state=OVERAGE")) {
            Page page = console.page;
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Cobalt Freight"))).isVisible();
            Download limits = page.waitForDownload(() -> page.getByText("Download CSV").click());
            List<String> lines = Files.readAllLines(limits.path());
            assertThat(lines.getFirst()).startsWith("account,name,feature,used,limit");
            assertThat(lines).hasSize(2).last().asString().startsWith("cobalt-freight,Cobalt Freight,api-calls,");

            console.go("accounts/dune-robotics?tab=usage");
            drawn(page);
            page.getByText("Browse the events of this account").click();
            assertThat(page.getByText("dune-robotics-11-0").last()).isVisible();
            page.getByLabel("Event id", new Page.GetByLabelOptions().setExact(true)).first().fill("dune-robotics-3-1");
            page.keyboard().press("Enter");
            assertThat(page.getByText("dune-robotics-11-0")).hasCount(0);
            assertThat(page).hasURL(Pattern.compile(".*id=dune-robotics-3-1.*"));
            Download events = page.waitForDownload(() -> page.getByText("Download CSV").click());
            assertThat(Files.readAllLines(events.path())).hasSize(2).last().asString().contains(",dune-robotics,api-calls,", ",dune-robotics-3-1,");
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void aNarrowScreenScrollsInOneDirectionOnly() {
        try (ConsoleBrowser console = open(NARROW, "accounts/dune-robotics?tab=usage")) {
            drawn(console.page);
            console.picture("usage-narrow");
            assertThat(console.page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            for (String path : List.of("accounts/acme-rockets?tab=features", "usage", "usage?tab=events", "events?account=dune-robotics")) {
                console.go(path);
                assertThat(console.page.evaluate(ONE_DIRECTION)).as(path).isEqualTo(true);
            }
        }
    }

    @Test
    void everyListCanBeDownloadedAsItIsFiltered() throws IOException {
        try (ConsoleBrowser console = open(WIDE, "accounts")) {
            downloaded(console, "accounts?q=dune", "key,name,email,currency,created_at,plans,states,mrr_minor,mrr", "dune-robotics,Dune Robotics,billing@dune-robotics.example,USD,");
            downloaded(console, "plans?q=crew", "key,name,product,rank,version,state,prices,grants,draft,account,published_at,subscriptions", "crew,Crew,enablement,1,1,PUBLISHED,");
            downloaded(console, "add-ons?q=insights", "key,name,product,rank,version,state,prices,grants,draft,account,published_at,subscriptions", "insights,Insights,launchpad,");
            downloaded(console, "approvals?state=REQUESTED", "id,account,name,state,asked_for,reasons,reason,asked_by,asked_at,expires_at,currency,mrr_minor,mrr", ",cobalt-freight,Cobalt Freight,REQUESTED,");
            console.go("drafts?state=discarded");
            Download none = console.page.waitForDownload(() -> console.page.getByText("Download CSV").click());
            assertThat(Files.readAllLines(none.path())).singleElement().asString().startsWith("id,kind,key,name,product,state");
            assertThat(console.complaints()).isEmpty();
        }
    }

    private static void downloaded(ConsoleBrowser console, String address, String columns, String line) throws IOException {
        console.follow(address);
        Download file = console.page.waitForDownload(() -> console.page.getByText("Download CSV").click());
        List<String> lines = Files.readAllLines(file.path());
        assertThat(lines).as(address).hasSize(2).first().isEqualTo(columns);
        assertThat(lines.getLast()).contains(line);
    }
}
