package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An owner has another system told of what happens, tries whether it is, and follows what was sent there. */
class EndpointIT extends ConsoleJourney {

    private static final String URL = "http://127.0.0.1:1/crm";

    @Test
    void anEndpointIsAddedTriedFollowedAndRemoved() {
        try (ConsoleBrowser console = open(WIDE, "endpoints")) {
            Page page = console.page;
            assertThat(page.getByText("Nobody is told of what happens")).isVisible();
            console.accessible();
            exactly(page, "Add an endpoint").click();
            page.getByLabel("Address", new Page.GetByLabelOptions().setExact(true)).fill(URL);
            page.getByLabel("What it is for", new Page.GetByLabelOptions().setExact(true)).fill("CRM");
            console.accessible();
            exactly(page, "Add it and show its secret").click();
            assertThat(page.locator("#secret input").inputValue()).startsWith("whsec_");
            exactly(page, "I have kept it").click();
            console.shown("endpoints");

            exactly(page, "Send a test event to " + URL).click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See what it answers")).click();
            assertThat(page).hasURL(Pattern.compile(".*/endpoints/deliveries\\?endpoint=.*"));
            assertThat(heading(page)).hasText("Deliveries");
            assertThat(page.locator("vaadin-grid vaadin-badge", new Page.LocatorOptions().setHasText("Waiting")).last()).isVisible();
            console.shown("deliveries");
            page.setViewportSize(NARROW, 800);
            console.picture("deliveries-narrow");
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            page.setViewportSize(WIDE, 800);

            console.go("endpoints");
            exactly(page, "Remove " + URL).click();
            exactly(page, "Remove").click();
            assertThat(page.getByText("Nobody is told of what happens")).isVisible();
            assertThat(console.complaints()).isEmpty();
        }
    }
}
