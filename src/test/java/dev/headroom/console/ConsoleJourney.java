package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Somebody with a real browser in front of a vendor who has customers. */
@HeadroomTest
@Import(Showcase.class)
abstract class ConsoleJourney {

    static final int WIDE = 1280;
    static final int NARROW = 320;
    static final String ONE_DIRECTION = "document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth";

    private static final int PATIENCE_MILLIS = 20_000;

    @Autowired
    Stories stories;

    @Autowired
    private Showcase showcase;

    /** Here and not later: each journey is then counted as skipped, and none waits for an application that nobody will look at. */
    ConsoleJourney() {
        ConsoleBrowser.require();
    }

    @BeforeEach
    void aVendorWithCustomers() {
        showcase.open(stories);
    }

    /** The first page of a fresh server takes its time on a busy machine. */
    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    final ConsoleBrowser open(ColorScheme scheme, int width) {
        ConsoleBrowser console = new ConsoleBrowser(stories.url(), scheme, width);
        console.signIn(Showcase.EMAIL, Showcase.PASSWORD);
        assertThat(heading(console.page)).hasText("Accounts");
        console.settle();
        return console;
    }

    static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    static Locator exactly(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
