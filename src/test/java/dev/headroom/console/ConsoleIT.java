package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import dev.headroom.sandbox.Sandbox;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The console in a real browser: the way to an upgrade, every page in both schemes, the keyboard, a narrow screen. */
class ConsoleIT extends ConsoleJourney {

    private static final int PHONE = 390;
    private static final int MOST_FIRST = 450_000;
    private static final Set<String> FIRST = Set.of("script", "stylesheet");

    /** The colour below the dialog, computed to {@code rgb} without and {@code rgba} with transparency. */
    private static final String OVERLAY = """
            () => {
              const overlay = document.querySelector('vaadin-dialog').shadowRoot.querySelector('vaadin-dialog-overlay');
              const colour = getComputedStyle(overlay.shadowRoot.querySelector('[part=overlay]')).backgroundColor;
              const context = document.createElement('canvas').getContext('2d');
              context.fillStyle = colour;
              context.fillRect(0, 0, 1, 1);
              const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
              return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
            }""";

    /** Each of what must not be broken is as high as one line of it. */
    private static final String UNBROKEN = """
            [...document.querySelectorAll('.table-box :is(time, code, .clipped)')]
                .every(each => each.getBoundingClientRect().height < 1.8 * parseFloat(getComputedStyle(each).fontSize))""";

    /** What the row of a grid is called that somebody is at. */
    private static final String ROW = """
            () => {
              const row = document.querySelector('main vaadin-grid').shadowRoot.activeElement.closest('tr');
              return row.querySelector('slot').assignedElements()[0].querySelector('a').textContent;
            }""";

    @Autowired
    private Sandbox sandbox;

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(false));
    }

    @Test
    void anUpgradeIsQuotedPaidAndInForceAtOnce() {
        try (ConsoleBrowser console = open(WIDE, "accounts")) {
            Page page = console.page;
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Birchwood Analytics")).click();
            assertThat(heading(page)).hasText("Birchwood Analytics");
            assertThat(heading(page)).isFocused();
            assertThat(page.getByText("0 of 10,000")).isVisible();
            button(page, "Change plan Starter").click();
            assertThat(page.getByText("Starter → Pro")).isVisible();
            assertThat(page.getByText("Due today", new Page.GetByTextOptions().setExact(true))).isVisible();
            page.getByText("How this is calculated").first().click();
            assertThat(page.getByText("rounded once to").first()).isVisible();
            button(page, "Pay $").click();
            assertThat(page.getByText("Pro is in force")).isVisible();
            console.picture("change-done");
            exactly(page, "Close").click();
            assertThat(page.getByText("0 of 50,000")).isVisible();
            assertThat(page.getByText("Upsell: MRR went from $99.00 to $299.00")).isVisible();
            assertThat(button(page, "Change plan Pro")).isFocused();
            button(page, "Change plan Pro").click();
            assertThat(page.getByText("Pro → Enterprise")).isVisible();
            page.keyboard().press("Escape");
            assertThat(button(page, "Change plan Pro")).isFocused();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void aChangeThatWaitsForTheBankIsGivenUpAndLeavesEverythingAsItWas() {
        try (ConsoleBrowser console = open(WIDE, "accounts/fjord-media")) {
            Page page = console.page;
            button(page, "Change plan Starter").click();
            button(page, "Pay $").click();
            assertThat(page.getByText("The bank wants to hear from the card’s holder")).isVisible();
            exactly(page, "Close").click();

            button(page, "Change plan Starter").click();
            button(page, "Pay $").click();
            assertThat(page.getByText("A change of this subscription waits for the bank")).isVisible();
            console.picture("change-waits");
            console.accessible();
            button(page, "Give this change up").click();
            assertThat(page.getByText("The change that waited was given up")).isVisible();
            assertThat(button(page, "Pay $")).isEnabled();
            exactly(page, "Cancel").click();

            assertThat(button(page, "Change plan Starter")).isFocused();
            assertThat(page.getByText("0 of 10,000")).isVisible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void anOwnerMakesAKeyForABrowserSeesItOnceAndRevokesIt() {
        try (ConsoleBrowser console = open(WIDE, "keys")) {
            Page page = console.page;
            button(page, "New API key").click();
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Billing service");
            page.getByLabel("Browser origins", new Page.GetByLabelOptions().setExact(true)).fill("https://app.launchpad.example\nhttps://self-service.customers-of-europe.launchpad.example");
            exactly(page, "Create the key").click();
            assertThat(page.getByText("shown once and cannot be shown again")).isVisible();
            String secret = page.locator("#secret input").inputValue();
            console.accessible();
            exactly(page, "I have kept it").click();

            Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Billing service"));
            assertThat(row.getByText("https://app.launchpad.example")).isVisible();
            assertThat(page.locator("#secret")).hasCount(0);
            assertThat(page.content()).doesNotContain(secret);
            assertThat(stories.api(secret).ask("{ products { key } }").at("/products").size()).isPositive();
            console.picture("keys");
            console.accessible();
            assertThat(page.evaluate(UNBROKEN)).as("hints, dates and origins take one line each").isEqualTo(true);
            page.setViewportSize(PHONE, 800);
            console.picture("keys-narrow");
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            page.setViewportSize(WIDE, 800);

            button(page, "Revoke Billing service").click();
            exactly(page, "Revoke").click();
            assertThat(row.getByText("Revoked")).isVisible();
            assertThat(stories.api(secret).ask("{ products { key } }").status()).isEqualTo(401);
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void anOwnerInvitesSomebodyWhoChoosesAPasswordIsSignedInAndDisabled() {
        try (ConsoleBrowser console = open(WIDE, "people"); ConsoleBrowser theirs = fresh()) {
            Page page = console.page;
            exactly(page, "Invite somebody").click();
            page.getByLabel("E-mail").fill("niels@launchpad.example");
            exactly(page, "Make the link").click();
            assertThat(page.locator("#secret input")).hasValue(Pattern.compile("http.*/link#.{43}"));
            String link = page.locator("#secret input").inputValue();
            console.accessible();
            exactly(page, "I have kept it").click();

            theirs.page.navigate(link);
            assertThat(theirs.page.getByText("You are invited")).isVisible();
            assertThat(theirs.page.url()).endsWith("/link");
            theirs.shown("link");
            theirs.page.setViewportSize(PHONE, 800);
            theirs.picture("link-narrow");
            theirs.page.getByLabel("Your name").fill("Niels Abel");
            theirs.page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("a lighthouse in June");
            exactly(theirs.page, "Keep the password and sign in").click();
            assertThat(heading(theirs.page)).hasText("Overview");

            console.go("people");
            Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("niels@launchpad.example"));
            exactly(page, "Roles of Niels Abel").click();
            page.getByLabel("Approver").check();
            exactly(page, "Save").click();
            assertThat(row.getByText("Viewer, Approver")).isVisible();
            console.shown("people");
            page.setViewportSize(PHONE, 800);
            console.picture("people-narrow");
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            page.setViewportSize(WIDE, 800);

            exactly(page, "Disable Niels Abel").click();
            assertThat(page.getByText("They cannot sign in any more and are signed out.")).isVisible();
            exactly(page, "Disable").click();
            assertThat(row.getByText("Disabled")).isVisible();
            theirs.page.navigate(stories.url() + "/plans");
            assertThat(theirs.page.locator("input[name=password]")).isVisible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void whatBuyersSeeAndWhomABundleConcernsIsAccessibleAndPictured() {
        try (ConsoleBrowser console = open(WIDE, "plans?tab=buyers&product=launchpad&interval=YEAR")) {
            assertThat(console.page.getByText("a year").first()).isVisible();
            console.shown("buyers");
            console.go("offers");
            console.follow("bundles");
            button(console.page, "End Crew beside Launchpad").click();
            button(console.page, "See whom it concerns").click();
            assertThat(console.page.getByText("As things stand for")).isVisible();
            console.shown("reach");
            button(console.page, "Discard the draft").click();
            assertThat(button(console.page, "Take it up again")).isVisible();
            console.page.setViewportSize(NARROW, 800);
            console.go("plans?tab=buyers&product=launchpad");
            oneDirection(console);
            console.picture("buyers-narrow");
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void everyPageIsAccessibleAndPicturedInBothSchemes() {
        try (ConsoleBrowser console = open(WIDE, "accounts")) {
            console.shown("accounts");
            shown(console, "plans", "plans");
            shown(console, "compare", "plans?tab=compare");
            shown(console, "plan", "plans/crew");
            shown(console, "add-ons", "add-ons");
            shown(console, "add-on", "add-ons/5-more-seats");
            shown(console, "rules", "rules");
            shown(console, "stripe", "stripe");
            shown(console, "stripe-catalogue", "stripe?tab=catalogue");
            shown(console, "stripe-reconciliation", "stripe?tab=reconciliation");
            shown(console, "stripe-import", "stripe?tab=import");
            shown(console, "missing", "accounts/nobody");
            console.page.setViewportSize(WIDE, 1_250);
            console.go("accounts/dune-robotics");
            console.page.getByText("more are held than were bought").scrollIntoViewIfNeeded();
            console.shown("seats");
            shown(console, "alternatives", "accounts/acme-rockets/alternatives/launchpad");
            shown(console, "account", "accounts/acme-rockets");
            button(console.page, "Start a subscription").click();
            assertThat(console.page.getByText("Begins at once")).isVisible();
            console.shown("start");
            console.page.keyboard().press("Escape");
            assertThat(button(console.page, "Start a subscription")).isFocused();
            console.page.setViewportSize(WIDE, 800);
            button(console.page, "Change plan Starter").click();
            assertThat(console.page.getByText("Due today", new Page.GetByTextOptions().setExact(true))).isVisible();
            assertThat(console.page.evaluate(OVERLAY)).asString().startsWith("rgb(");
            console.shown("change");
            console.page.keyboard().press("Escape");
            console.page.setViewportSize(WIDE, 1_000);
            shown(console, "scheduled", "accounts/granite-systems");
            button(console.page, "End subscription").click();
            assertThat(console.page.getByText("Runs until").first()).isVisible();
            console.shown("end");
            console.page.keyboard().press("Escape");
            console.page.setViewportSize(WIDE, 800);
        }
    }

    @Test
    void whatIsSoldAndDecidedIsAccessibleAndPicturedInBothSchemes() {
        try (ConsoleBrowser console = open(WIDE, "offers")) {
            console.shown("offers");
            shown(console, "bundles", "bundles");
            shown(console, "value", "value");
            shown(console, "transitions", "transitions");
            shown(console, "invoices", "accounts/acme-rockets?tab=invoices");
            shown(console, "stripe-quotes", "stripe?tab=drift");
            shown(console, "approvals", "approvals");
            console.page.setViewportSize(WIDE, 1_000);
            console.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Cobalt Freight")).click();
            assertThat(heading(console.page)).hasText("Request of Cobalt Freight");
            console.shown("approval");
            console.go("accounts/dune-robotics");
            console.page.locator("a[href*='/changes/']").first().click();
            assertThat(console.page.getByText("The quote as it was shown")).isVisible();
            console.shown("plan-change");
            console.page.navigate(sandbox.url().toString());
            console.shown("sandbox");
            assertThat(console.complaints()).isEmpty();
        }
    }

    private static void shown(ConsoleBrowser console, String name, String path) {
        console.go(path);
        console.shown(name);
    }

    /** On a page with a grid, in a browser that was never here: what comes over the wire of programs and style sheets, as it comes. */
    @Test
    void whatIsLoadedFirstIsSmallAndWhatDrawsChartsIsLoadedWhereThereIsOne() {
        try (ConsoleBrowser console = fresh()) {
            List<Request> loaded = new CopyOnWriteArrayList<>();
            console.page.onRequestFinished(loaded::add);
            console.page.navigate(stories.url() + "/accounts");
            console.enter(Showcase.EMAIL, Showcase.PASSWORD);
            assertThat(heading(console.page)).hasText("Accounts");
            console.settle();
            assertThat(bytes(loaded)).as(() -> listed(loaded)).isLessThanOrEqualTo(MOST_FIRST);

            assertThat(loaded).extracting(Request::url).noneMatch(url -> url.contains("/library-"));
            loaded.clear();
            console.follow("accounts/dune-robotics?tab=usage");
            assertThat(loaded).extracting(Request::url).anyMatch(url -> url.contains("/library-"));
        }
    }

    private static int bytes(List<Request> loaded) {
        return loaded.stream().filter(request -> FIRST.contains(request.resourceType())).mapToInt(request -> request.sizes().responseBodySize).sum();
    }

    private static String listed(List<Request> loaded) {
        return loaded.stream().map(request -> request.sizes().responseBodySize + " " + request.url()).collect(Collectors.joining("\n", bytes(loaded) + " bytes:\n", ""));
    }

    @Test
    void thePaletteGoesAnywhereByKeyboardAlone() {
        try (ConsoleBrowser console = open(WIDE, "accounts")) {
            Page page = console.page;
            page.keyboard().press("Control+k");
            Locator search = page.getByRole(AriaRole.COMBOBOX);
            assertThat(search).isFocused();
            page.keyboard().type("granite");
            assertThat(page.getByRole(AriaRole.OPTION).getByText("Granite Systems")).isVisible();
            console.shown("palette");
            search.fill("acme");
            assertThat(page.getByRole(AriaRole.OPTION)).hasCount(1);
            page.keyboard().press("Enter");
            assertThat(heading(page)).hasText("Acme Rockets");
            page.keyboard().press("g");
            page.keyboard().press("p");
            assertThat(heading(page)).hasText("Plans");
        }
    }

    @Test
    void keysThatArePressedAloneGoFilterMoveOpenEditAndCanBeSwitchedOff() {
        try (ConsoleBrowser console = open(WIDE, "accounts")) {
            Page page = console.page;
            page.keyboard().press("/");
            assertThat(page.getByRole(AriaRole.TEXTBOX)).isFocused();
            page.keyboard().type("jo");
            assertThat(page.getByRole(AriaRole.TEXTBOX)).hasValue("jo");
            page.keyboard().press("Control+a");
            page.keyboard().type("i");
            assertThat(page).hasURL(Pattern.compile(".*q=i$"));
            page.keyboard().press("Tab");
            press(page, "j", "j", "k", "j");
            String second = (String) page.evaluate(ROW);
            press(page, "Enter");
            assertThat(heading(page)).hasText(second);

            press(page, "g", "p");
            assertThat(heading(page)).hasText("Plans");
            // Before the rows are there, no key can go to one.
            assertThat(page.locator("vaadin-grid").getByText("Crew").first()).isVisible();
            press(page, "j", "Enter");
            assertThat(heading(page)).hasText("Crew");
            press(page, "e");
            assertThat(heading(page)).hasText("Draft of Crew");
            press(page, "g", "s");
            assertThat(heading(page)).hasText("Stripe connection");
            press(page, "g", "u");
            assertThat(heading(page)).hasText("People");
            assertThat(page.locator("main tbody tr").first()).isVisible();
            press(page, "j");
            assertThat(page.locator("main tbody tr").first().locator(":focus")).isVisible();

            press(page, "?");
            for (String key : List.of("Ctrl K or ⌘ K", "/", "j k", "Enter", "e", "?", "g p", "g s")) {
                assertThat(page.locator("dt").getByText(key, new Locator.GetByTextOptions().setExact(true))).isVisible();
            }
            console.accessible();
            page.getByLabel("Keys that are pressed alone do something").uncheck();
            page.keyboard().press("Escape");
            press(page, "g", "p", "j");
            page.keyboard().press("Control+k");
            assertThat(page.getByRole(AriaRole.COMBOBOX)).isFocused();
            assertThat(heading(page)).hasText("People");
            assertThat(console.complaints()).isEmpty();
        }
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    @Test
    void aWrongPasswordSaysSoAndTheSignInPageIsAccessible() {
        try (ConsoleBrowser console = fresh()) {
            console.signIn(Showcase.EMAIL, "not the password");
            assertThat(console.page.getByText("That did not work")).isVisible();
            assertThat(console.page.locator("input[name=username]")).hasValue(Showcase.EMAIL);
            assertThat(console.page.locator("input[name=password]")).isFocused();
            console.accessible();
        }
    }

    @Test
    void aSignInLeadsWhereOneWantedToGoAndToNothingWhereNothingIs() {
        try (ConsoleBrowser console = fresh()) {
            Page page = console.page;
            page.navigate(stories.url() + "/plans?tab=compare");
            console.enter(Showcase.EMAIL, Showcase.PASSWORD);
            assertThat(heading(page)).hasText("Plans");
            assertThat(heading(page)).isFocused();
            assertThat(page).hasURL(stories.url() + "/plans?tab=compare");
            for (String nowhere : List.of("nope", "nope/nope", "a/b/c")) {
                console.go(nowhere);
                assertThat(heading(page)).hasText("Nothing is here");
            }
        }
    }

    @Test
    void darkIsRememberedByTheBrowser() {
        try (ConsoleBrowser console = open(WIDE, "accounts")) {
            Page page = console.page;
            page.keyboard().press("Control+k");
            assertThat(page.getByRole(AriaRole.COMBOBOX)).isFocused();
            page.keyboard().type("dark");
            assertThat(page.getByRole(AriaRole.OPTION)).hasCount(1);
            page.keyboard().press("Enter");
            page.waitForFunction("() => getComputedStyle(document.documentElement).colorScheme === 'dark'");
            console.settle();
            console.go("plans");
            assertThat(page.evaluate("getComputedStyle(document.documentElement).colorScheme")).isEqualTo("dark");
        }
    }

    @Test
    void aNarrowScreenScrollsInOneDirectionOnly() {
        try (ConsoleBrowser console = open(NARROW, "accounts")) {
            oneDirection(console);
            assertThat(console.page.getByText("MRR $99.00").first()).isInViewport();
            console.accessible();
            for (String path : List.of(
                    "plans", "plans/pro", "add-ons", "add-ons/5-more-seats", "rules", "offers", "bundles", "value", "transitions", "approvals", "stripe",
                    "accounts/acme-rockets?tab=invoices", "accounts/acme-rockets/alternatives/launchpad")) {
                console.go(path);
                oneDirection(console);
            }
            console.go("plans?tab=compare");
            oneDirection(console);
            Locator unlimited = console.page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Launches")).getByText("Unlimited").last();
            unlimited.scrollIntoViewIfNeeded();
            assertThat(unlimited).isInViewport();
            oneDirection(console);
            console.go("accounts/acme-rockets");
            oneDirection(console);
            console.picture("narrow");
        }
    }

    private static void oneDirection(ConsoleBrowser console) {
        assertThat(console.page.evaluate(ONE_DIRECTION)).as(console.page.url()).isEqualTo(true);
    }
}
