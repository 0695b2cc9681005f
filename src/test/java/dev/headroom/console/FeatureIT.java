package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Features and their limits in a real browser: seen, and written side by side by keyboard alone. */
class FeatureIT extends ConsoleJourney {

    private static final int PHONE = 390;

    private static Locator cell(Page page, String feature, int plan) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(feature))))
                .getByRole(AriaRole.GRIDCELL).nth(plan);
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    @Test
    void featuresAreSeenWithWhatGrantsThem() {
        try (ConsoleBrowser console = open(WIDE, "features?product=launchpad")) {
            Page page = console.page;
            assertThat(page.getByText("API calls").first()).isVisible();
            console.shown("feature-list");
            narrow(console, "feature-list");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("API calls")).first().click();
            assertThat(heading(page)).hasText("API calls");
            console.shown("feature");
            exactly(page, "Retire feature").click();
            assertThat(page.getByText("API calls is in use and stays")).isVisible();
            console.accessible();
            console.go("publishing");
            console.shown("publishing");
            narrow(console, "publishing");
            exactly(page, "Change the rules").click();
            console.accessible();
            press(page, "Escape");
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void limitsAreWrittenByKeyboardAloneAndGoIntoADraft() {
        try (ConsoleBrowser console = open(WIDE, "limits?product=launchpad")) {
            Page page = console.page;
            page.getByRole(AriaRole.CHECKBOX).focus();
            press(page, "Tab", "Tab");
            assertThat(cell(page, "Seats", 0)).isFocused();
            press(page, "ArrowDown", "ArrowDown", "ArrowRight");
            assertThat(cell(page, "API calls", 1)).isFocused();
            String before = cell(page, "API calls", 1).innerText();
            press(page, "Enter");
            assertThat(page.locator("td[data-editing] input")).isFocused();
            page.keyboard().type("999");
            press(page, "Escape");
            assertThat(cell(page, "API calls", 1)).isFocused();
            assertThat(cell(page, "API calls", 1)).hasText(before);

            press(page, "Enter");
            assertThat(page.locator("td[data-editing] input")).isFocused();
            press(page, "Control+a");
            page.keyboard().type("2500");
            press(page, "Enter");
            assertThat(cell(page, "API calls", 1)).isFocused();
            assertThat(cell(page, "API calls", 1)).containsText("2,500 each month");
            assertThat(page.getByText("Saved in the draft of")).isVisible();
            press(page, "ArrowDown", "Enter");
            assertThat(page.locator("td[data-editing] input")).isFocused();
            press(page, "Space", "Enter");
            assertThat(page.getByText("as its change 2")).isVisible();
            assertThat(cell(page, "Analytics", 1)).isFocused();
            press(page, "Home");
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Analytics"))).isFocused();
            press(page, "Control+End", "Tab");
            assertThat(page.getByRole(AriaRole.GRID).locator(":focus")).hasCount(0);
            console.shown("limits-by-plan");
            narrow(console, "limits-by-plan");
            exactly(page, "Undo it").click();
            exactly(page, "Undo it").click();
            assertThat(cell(page, "API calls", 1)).hasText(before);
            assertThat(console.complaints()).isEmpty();
        }
    }

    private static void narrow(ConsoleBrowser console, String name) {
        console.page.setViewportSize(PHONE, 800);
        console.settle();
        assertThat(console.page.evaluate(ONE_DIRECTION)).as(name).isEqualTo(true);
        console.picture(name + "-narrow");
        console.page.setViewportSize(WIDE, 800);
    }
}
