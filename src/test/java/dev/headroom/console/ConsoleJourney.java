package dev.headroom.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Somebody with a real browser in front of a vendor who has customers. */
@HeadroomTest
@Import({Showcase.class, PseudoLanguage.class})
abstract class ConsoleJourney {

    static final int WIDE = 1280;
    static final int NARROW = 320;
    static final String ONE_DIRECTION = "document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final int PATIENCE_MILLIS = 20_000;

    @Autowired
    Stories stories;

    @Autowired
    private Showcase showcase;

    /** Here and not later: each journey is then counted as skipped, and none waits for an application that nobody will look at. */
    ConsoleJourney() {
        Chromium.require();
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

    final ConsoleBrowser open(int width, String path) {
        ConsoleBrowser console = CHROMIUM.signedIn(stories.url(), width);
        console.go(path);
        return console;
    }

    /** With nobody signed in. */
    final ConsoleBrowser fresh() {
        return CHROMIUM.fresh(stories.url(), Chromium.ENGLISH, WIDE);
    }

    static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    static Locator exactly(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
