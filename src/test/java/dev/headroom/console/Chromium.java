package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One browser for all journeys of a run, with one page that stays signed in: to start and to sign in takes longer than most journeys. */
final class Chromium implements BeforeAllCallback, AutoCloseable {

    static final String ENGLISH = "en-US";
    static final Path PROGRAM = Path.of(System.getProperty("headroom.chromium", "/usr/bin/chromium"));

    private static final List<String> FLAGS = List.of(
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync");

    private @Nullable Playwright playwright;
    private @Nullable Browser browser;
    private @Nullable ConsoleBrowser signedIn;

    /** It ends with the run, whichever classes had journeys in it; a process that is given one class after the other has a run for each. */
    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(Chromium.class)).computeIfAbsent(Chromium.class, _ -> this);
    }

    /** With nobody signed in. */
    ConsoleBrowser fresh(String url, String language, int width) {
        ConsoleBrowser console = new ConsoleBrowser(running(), url, language, false);
        console.begin(width);
        return console;
    }

    /** With the showcase's owner signed in; to be closed before the next journey. */
    ConsoleBrowser signedIn(String url, int width) {
        ConsoleBrowser console = signedIn;
        if (console == null) {
            console = new ConsoleBrowser(running(), url, ENGLISH, true);
            console.begin(width);
            console.signIn(Showcase.EMAIL, Showcase.PASSWORD);
            assertThat(ConsoleJourney.heading(console.page)).hasText("Overview");
            signedIn = console;
        }
        console.begin(width);
        return console;
    }

    private Browser running() {
        Browser known = browser;
        if (known == null) {
            playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            known = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setHeadless(true).setArgs(FLAGS));
            browser = known;
        }
        return known;
    }

    /** Without a browser nothing of this can be seen: on a build server that is a failure, on a desk a gap that is said. */
    static void require() {
        if (Files.isExecutable(PROGRAM)) {
            return;
        }
        String missing = "The console was not tried in a browser: there is no Chromium at " + PROGRAM
                + ". Install the package chromium, or say where one is with -Dheadroom.chromium=/path/to/chromium.";
        if (System.getenv("CI") != null) {
            throw new AssertionError(missing);
        }
        Assumptions.abort(missing);
    }

    @Override
    public void close() {
        if (playwright != null) {
            playwright.close();
        }
        playwright = null;
        browser = null;
        signedIn = null;
    }
}
