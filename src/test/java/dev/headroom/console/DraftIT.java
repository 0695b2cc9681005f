package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.headroom.impact.Looking;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A price change as it is reviewed: written, seen in money and people, put on sale and taken back, by keyboard alone. */
class DraftIT extends ConsoleJourney {

    private static final Locator.GetByLabelOptions EXACT = new Locator.GetByLabelOptions().setExact(true);

    @Autowired
    private ApplicationContext context;

    private static Locator part(Page page, String title) {
        return page.locator(".line").filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title))));
    }

    private static void type(Page page, Locator field, String text) {
        ConsoleBrowser.reach(field);
        page.keyboard().press("Control+a");
        page.keyboard().type(text);
        page.keyboard().press("Tab");
    }

    private static void press(Page page, String name) {
        ConsoleBrowser.reach(exactly(page, name));
        page.keyboard().press("Enter");
    }

    @Test
    void aPriceChangeIsWrittenSeenPublishedAndTakenBack() {
        try (ConsoleBrowser console = open(WIDE, "plans/starter")) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_000);
            // A bar that still grows would be pictured as it is.
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            press(page, "Edit in a draft");
            assertThat(heading(page)).hasText("Draft of Starter");
            write(page);
            console.shown("draft");
            narrow(console, "draft");

            press(page, "See the impact");
            assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
            Looking.on(context);
            assertThat(page.getByText("would pay more").first()).isVisible();
            assertThat(page.locator("usage-chart svg")).isVisible();
            console.shown("impact");
            narrow(console, "impact");
            page.goBack();
            assertThat(heading(page)).hasText("Draft of Starter");
            publish(console);
            assertThat(console.complaints()).isEmpty();
        }
    }

    private void write(Page page) {
        type(page, part(page, "Price a month in USD").getByLabel("Amount", EXACT), "119");
        assertThat(page.getByText("Saved as change 1")).isVisible();
        type(page, part(page, "Price a year in USD").getByLabel("Amount", EXACT), "1190.00");
        type(page, part(page, "API calls").getByLabel("Included", EXACT), "6,000");
        assertThat(page.getByText("Saved as change 3")).isVisible();
        type(page, page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)), "Beginner");
        assertThat(heading(page)).hasText("Draft of Beginner");
        page.keyboard().press("Control+z");
        assertThat(heading(page)).hasText("Draft of Starter");
        ConsoleBrowser.reach(page.locator(".lead").first());
        page.keyboard().press("Enter");
        assertThat(part(page, "API calls").getByLabel("Warns from", EXACT)).isFocused();
        page.evaluate("document.querySelector('main').scrollIntoView()");
    }

    private void publish(ConsoleBrowser console) {
        Page page = console.page;
        press(page, "Publish…");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("What changes").setLevel(2)).last()).isFocused();
        console.shown("publish-diff");
        press(page, "Next");
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        Looking.on(context);
        assertThat(page.locator("vaadin-dialog usage-chart svg")).isVisible();
        console.shown("publish-impact");
        press(page, "Next");
        Locator usual = page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Keeps it: new subscribers only"));
        ConsoleBrowser.reach(usual);
        page.keyboard().press("ArrowDown");
        assertThat(page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Is moved at the next renewal"))).isChecked();
        console.shown("publish-rollout");
        page.keyboard().press("ArrowUp");
        assertThat(usual).isChecked();
        press(page, "Next");
        type(page, page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true)), "API calls cost us more than a year ago");
        console.shown("publish-confirm");
        press(page, "Publish version 2 for new subscribers");
        assertThat(page.getByText("What has become of version 2")).isVisible();
        console.picture("published");
        console.accessible();
        press(page, "Retire version 2");
        assertThat(page.getByText("the one before is on sale again")).isVisible();
    }

    private static void narrow(ConsoleBrowser console, String name) {
        console.page.setViewportSize(NARROW, 800);
        console.settle();
        assertThat(console.page.evaluate(ONE_DIRECTION)).as(name).isEqualTo(true);
        console.picture(name + "-narrow");
        console.page.setViewportSize(WIDE, 1_000);
    }
}
