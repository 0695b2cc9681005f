package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Usage, limits, events and grants in a real browser. */
@HeadroomTest
@Import(Showcase.class)
class UsageIT {

    private static final int WIDE = 1280;
    private static final int NARROW = 320;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String ONE_DIRECTION = "document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth";

    @Autowired
    private Stories stories;

    @Autowired
    private Showcase showcase;

    UsageIT() {
        ConsoleBrowser.require();
    }

    @BeforeEach
    void aVendorWithCustomers() {
        showcase.open(stories);
    }

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    private ConsoleBrowser open(ColorScheme scheme, int width) {
        ConsoleBrowser console = new ConsoleBrowser(stories.url(), scheme, width);
        console.signIn(Showcase.EMAIL, Showcase.PASSWORD);
        assertThat(console.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).hasText("Accounts");
        console.settle();
        return console;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void drawn(Page page) {
        assertThat(page.locator("usage-chart svg")).isVisible();
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void everyPageIsAccessibleAndPictured(ColorScheme scheme) {
        try (ConsoleBrowser console = open(scheme, WIDE)) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_000);
            console.go("accounts/dune-robotics?tab=usage");
            drawn(page);
            console.picture("usage");
            console.accessible();
            console.go("accounts/acme-rockets?tab=features");
            console.picture("features");
            console.accessible();
            page.setViewportSize(WIDE, 800);
            console.go("usage");
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Cobalt Freight"))).isVisible();
            console.picture("limits");
            console.accessible();
            console.go("usage?tab=events");
            console.picture("received");
            console.accessible();
            console.go("events?account=dune-robotics");
            assertThat(page.getByText("dune-robotics-11-0").last()).isVisible();
            console.picture("events");
            console.accessible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void aFeatureIsGrantedAndTakenBack() {
        try (ConsoleBrowser console = open(ColorScheme.LIGHT, WIDE)) {
            Page page = console.page;
            console.go("accounts/evergreen-health?tab=features");
            button(page, "Grant a feature").click();
            page.getByLabel("Feature", new Page.GetByLabelOptions().setExact(true)).fill("Single");
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Single sign-on · Launchpad")).click();
            page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true)).fill("While their merger lasts");
            button(page, "Grant it").click();
            assertThat(page.getByText("A TRIAL ends; only BETA and COURTESY may last for good")).isVisible();
            console.picture("grant");
            console.accessible();
            page.locator("vaadin-dialog vaadin-select").click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Courtesy")).click();
            button(page, "Grant it").click();
            assertThat(page.getByText("While their merger lasts")).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*tab=features"));

            button(page, "Take back Single sign-on").click();
            page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true)).fill("It is over");
            console.accessible();
            button(page, "Take the grant back").click();
            assertThat(page.getByText("Taken back: It is over")).isVisible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void whatIsFilteredCanBeLinkedAndDownloaded() throws IOException {
        try (ConsoleBrowser console = open(ColorScheme.LIGHT, WIDE)) {
            Page page = console.page;
            console.go("usage?state=OVERAGE");
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
        try (ConsoleBrowser console = open(ColorScheme.LIGHT, NARROW)) {
            for (String path : List.of("accounts/dune-robotics?tab=usage", "accounts/acme-rockets?tab=features", "usage", "usage?tab=events", "events?account=dune-robotics")) {
                console.go(path);
                assertThat(console.page.evaluate(ONE_DIRECTION)).as(path).isEqualTo(true);
            }
            console.go("accounts/dune-robotics?tab=usage");
            drawn(console.page);
            console.picture("usage-narrow");
        }
    }
}
