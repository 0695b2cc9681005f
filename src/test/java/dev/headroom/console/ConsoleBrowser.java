package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A real browser on the console, that collects what goes wrong on the way and takes pictures. */
final class ConsoleBrowser implements AutoCloseable {

    /** With {@code -Dheadroom.pictures=true} the pictures of the documentation are taken anew. */
    private static final int LONGEST_FADE_MILLIS = 3_000;
    private static final boolean PICTURES = Boolean.getBoolean("headroom.pictures");
    private static final String FOLLOW = """
            path => {
              document.activeElement?.blur();
              const link = document.createElement('a');
              link.href = path;
              link.setAttribute('router-link', '');
              document.body.append(link);
              link.click();
              link.remove();
            }""";
    private static final String ARRIVED = """
            path => location.pathname + location.search === path && document.activeElement === document.querySelector('main h1')
              && [...document.querySelectorAll('usage-chart')].every(each => each.shadowRoot?.querySelector('svg') || !each.checkVisibility())""";

    /** What is called a content is a plain element to everybody. */
    private static final String UNKNOWN = """
            [...new Set([...document.querySelectorAll('*')].map(element => element.localName).filter(name => name.startsWith('vaadin-') && !name.endsWith('-content') && !customElements.get(name)))]""";
    private static final Path DOCUMENTATION = Path.of("docs/console");

    private static final int MOST_STOPS = 200;
    /** Which key brings the focus nearer; none once it is there. */
    private static final String WAY = """
            wanted => {
              const here = document.activeElement;
              if (wanted === here || wanted.contains(here)) return '';
              return here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
            }""";

    /** All of WCAG 2.2 AA. */
    private static final String EVERYTHING = "{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}";
    /** In which the schemes differ; everything else is the same page. */
    private static final String COLOURS = "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}";

    /**
     * What axe calls serious or critical. One finding is let through: Vaadin's own tab list keeps a focusable scroll
     * box between the list and its tabs, which we can neither remove nor name.
     */
    private static final String AXE = """
            async () => (await axe.run(document, {resultTypes: ['violations'], runOnly: %s}))
              .violations.filter(each => each.impact === 'serious' || each.impact === 'critical')
              .flatMap(each => each.nodes
                .filter(node => !(each.id === 'aria-required-children' && node.html.startsWith('<vaadin-tabs')))
                .map(node => each.id + ': ' + node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')))""";

    private static final String SCRIPT = axe();

    private final List<String> complaints = new ArrayList<>();
    private final String url;
    private final boolean kept;
    private ColorScheme scheme = ColorScheme.LIGHT;
    final Page page;

    /** @param kept for journeys to come, which begin at {@link #begin} */
    ConsoleBrowser(Browser browser, String url, String language, boolean kept) {
        this.url = url;
        this.kept = kept;
        page = browser.newContext(new Browser.NewContextOptions().setLocale(language)).newPage();
        page.onConsoleMessage(message -> complain(message.type().equals("error"), message.text()));
        page.onResponse(response -> complain(response.status() >= 500, response.status() + " " + response.url()));
    }

    /** As if nobody had used this browser before, but for who is signed in. */
    void begin(int width) {
        complaints.clear();
        page.setViewportSize(width, 800);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        prefer(ColorScheme.LIGHT);
    }

    private void prefer(ColorScheme wanted) {
        scheme = wanted;
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(wanted));
    }

    /** What is there to see now is loaded, pictured and accessible, in both schemes. */
    void shown(String name) {
        assertThat(page.evaluate(UNKNOWN)).as("components that this page has not loaded").isEqualTo(List.of());
        picture(name);
        accessible();
        prefer(ColorScheme.DARK);
        picture(name);
        accessible();
        prefer(ColorScheme.LIGHT);
    }

    /** Goes there without loading the page anew, as a click on a link does; the focus is on what the page is called then. */
    void follow(String path) {
        page.evaluate(FOLLOW, "/" + path);
        try {
            page.waitForFunction(ARRIVED, "/" + path);
        } catch (TimeoutError late) {
            throw new AssertionError("Nobody arrived at " + path + " with the focus on its heading, but at " + page.url(), late);
        }
        settle();
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

    /** Goes there as whoever has no mouse does: from stop to stop, on or back, whichever is nearer. */
    static void reach(Locator wanted) {
        wanted.waitFor();
        for (int stops = 0; stops < MOST_STOPS; stops++) {
            String way = (String) wanted.evaluate(WAY);
            if (way.isEmpty()) {
                return;
            }
            wanted.page().keyboard().press(way);
        }
        throw new AssertionError("No key leads to " + wanted);
    }

    /** Waits until nothing is on its way and nothing moves. */
    void settle() {
        page.waitForFunction("() => !window.Vaadin?.Flow?.clients || Object.values(window.Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())");
        page.waitForFunction("() => document.getAnimations().every(animation => animation.playState !== 'running')");
    }

    void picture(String name) {
        settle();
        if (PICTURES) {
            page.screenshot(new Page.ScreenshotOptions().setPath(DOCUMENTATION.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        }
    }

    /** As far as axe sees, and with one heading of the first level, which axe would only ask to be there at all. */
    void accessible() {
        assertThat(page.locator("h1").count()).as("first-level headings of %s", page.url()).isEqualTo(1);
        if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(SCRIPT);
        }
        String rules = scheme == ColorScheme.DARK ? COLOURS : EVERYTHING;
        AtomicReference<List<?>> found = new AtomicReference<>(List.of());
        try {
            // What lies behind a dialog fades into the other colours unseen by settle.
            page.waitForCondition(() -> {
                found.set((List<?>) Objects.requireNonNull(page.evaluate(AXE.formatted(rules))));
                return found.get().isEmpty();
            }, new Page.WaitForConditionOptions().setTimeout(LONGEST_FADE_MILLIS));
        } catch (TimeoutError _) {
            assertThat(found.get()).as("%s in %s", page.url(), scheme).isEmpty();
        }
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(ConsoleBrowser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Override
    public void close() {
        if (kept) {
            page.evaluate("localStorage.clear()");
            page.navigate("about:blank");
        } else {
            page.context().close();
        }
    }
}
