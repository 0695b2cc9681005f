package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** A real browser on the console, that collects what goes wrong on the way and takes pictures. */
final class ConsoleBrowser implements AutoCloseable {

    static final Path CHROMIUM = Path.of(System.getProperty("headroom.chromium", "/usr/bin/chromium"));

    /** With {@code -Dheadroom.pictures=true} the pictures of the documentation are taken anew. */
    private static final Path PICTURES = Path.of(Boolean.getBoolean("headroom.pictures") ? "docs/console" : "target/console");
    private static final List<String> FLAGS = List.of(
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync");

    /**
     * What axe calls serious or critical of WCAG 2.2 AA. One finding is let through: Vaadin's own tab list keeps a focusable scroll
     * box between the list and its tabs, which we can neither remove nor name.
     */
    private static final String AXE = """
            async () => (await axe.run(document, {runOnly: {type: 'tag',
                values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}}))
              .violations.filter(each => each.impact === 'serious' || each.impact === 'critical')
              .flatMap(each => each.nodes
                .filter(node => !(each.id === 'aria-required-children' && node.html.startsWith('<vaadin-tabs')))
                .map(node => each.id + ': ' + node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')))""";

    private final Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();
    private final String url;
    private final String scheme;
    final Page page;

    ConsoleBrowser(String url, ColorScheme scheme, int width) {
        this.url = url;
        this.scheme = scheme.name().toLowerCase(Locale.ROOT);
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setHeadless(true).setArgs(FLAGS));
        page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, 800).setColorScheme(scheme).setLocale("en-US"));
        page.onConsoleMessage(message -> complain(message.type().equals("error"), message.text()));
        page.onResponse(response -> complain(response.status() >= 500, response.status() + " " + response.url()));
    }

    private void complain(boolean wrong, String what) {
        if (wrong) {
            complaints.add(what);
        }
    }

    List<String> complaints() {
        return complaints;
    }

    void signIn(String email, String password) {
        page.navigate(url + "/login");
        enter(email, password);
    }

    /** Where a sign-in is asked for. */
    void enter(String email, String password) {
        page.locator("input[name=username]").fill(email);
        page.locator("input[name=password]").fill(password);
        page.keyboard().press("Enter");
    }

    void go(String path) {
        page.navigate(url + "/" + path);
        page.waitForSelector("main h1");
        settle();
    }

    /** Waits until nothing is on its way and nothing moves. */
    void settle() {
        page.waitForFunction("() => !window.Vaadin?.Flow?.clients || Object.values(window.Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())");
        page.waitForFunction("() => document.getAnimations().every(animation => animation.playState !== 'running')");
    }

    void picture(String name) {
        settle();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + "-" + scheme + ".png")));
    }

    /** As far as axe sees, and with one heading of the first level, which axe would only ask to be there at all. */
    void accessible() {
        assertThat(page.locator("h1").count()).as("first-level headings of %s", page.url()).isEqualTo(1);
        page.evaluate(axe());
        assertThat((List<?>) Objects.requireNonNull(page.evaluate(AXE))).as("%s in %s", page.url(), scheme).isEmpty();
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(ConsoleBrowser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Without a browser nothing of this can be seen: on a build server that is a failure, on a desk a gap that is said. */
    static void require() {
        if (Files.isExecutable(CHROMIUM)) {
            return;
        }
        String missing = "The console was not tried in a browser: there is no Chromium at " + CHROMIUM
                + ". Install the package chromium, or say where one is with -Dheadroom.chromium=/path/to/chromium.";
        if (System.getenv("CI") != null) {
            throw new AssertionError(missing);
        }
        Assumptions.abort(missing);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
