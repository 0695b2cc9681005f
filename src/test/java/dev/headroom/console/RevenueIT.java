package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import dev.headroom.Api;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.history.FinishedHistories;
import dev.headroom.revenue.RevenueHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Revenue in a real browser: read, drilled into down to an account, downloaded, printed; light, dark and narrow. */
class RevenueIT extends ConsoleJourney {

    private static final Actor SELF = new Actor.System("test");
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final List<String> CUSTOMERS = List.of(
            "Alder Labs", "Basalt Energy", "Cedar Logistics", "Delta Optics", "Ember Foods", "Flint Software", "Glacier Air", "Heron Media", "Ibis Travel", "Juniper Care",
            "Kestrel Maps", "Larch Homes", "Marble Bank", "Nimbus Data", "Osprey Sports", "Pebble Games", "Quartz Time", "Raven Press", "Sorrel Farms", "Tundra Outfitters",
            "Umber Paints", "Vesper Hotels", "Willow Schools", "Yarrow Pharma");
    private static final List<String> IN_BRITAIN = List.of("Avon Mills", "Bracken Tours", "Clyde Instruments", "Dartmoor Cider", "Exe Boats");

    @Autowired
    private ApplicationContext context;
    @Autowired
    private Accounts accounts;

    @BeforeEach
    void customersInEurope() {
        if (!accounts.byKeys(SELF, Set.of("alder-labs")).isEmpty()) {
            return;
        }
        Api api = stories.api(stories.secret(Set.of(Permission.values())));
        List<AccountId> ids = new ArrayList<>();
        for (String name : Stream.concat(CUSTOMERS.stream(), IN_BRITAIN.stream()).toList()) {
            String key = name.toLowerCase(Locale.ROOT).replace(' ', '-');
            api.ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }", "input", Map.of(
                    "idempotencyKey", key, "key", key, "name", name, "email", "billing@" + key + ".example", "currency", CUSTOMERS.contains(name) ? "EUR" : "GBP", "zone", "Europe/Berlin")).at("/createAccount");
            ids.add(accounts.meant(SELF, key).id());
        }
        new RevenueHistory(context, EURO, "pro").live(ids.subList(0, CUSTOMERS.size()), stories.clock().instant());
        new RevenueHistory(context, Currency.getInstance("GBP"), "pro").live(ids.subList(CUSTOMERS.size(), ids.size()), stories.clock().instant());
    }

    @Test
    void aNumberIsFollowedDownToTheAccountThatMovedIt() throws IOException {
        try (ConsoleBrowser console = open(WIDE, "revenue?currency=EUR")) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_500);
            assertThat(heading(page)).hasText("Revenue");
            console.shown("revenue");
            page.getByText("Show as a table").first().click();
            page.locator("main vaadin-details-summary").first().click();
            console.accessible();
            Locator upsell = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Upsell")).getByRole(AriaRole.LINK).first();
            String amount = upsell.textContent();
            upsell.click();
            assertThat(heading(page)).hasText("Movements of revenue");
            assertThat(page.getByText(amount + " together")).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*currency=EUR.*kinds=UPSELL.*"));
            console.shown("revenue-movements");
            Download file = page.waitForDownload(() -> page.getByText("Download CSV").click());
            assertThat(Files.readAllLines(file.path())).hasSizeGreaterThan(1).first().asString().startsWith("id,account,name");
            page.locator("vaadin-grid a[href*='tab=revenue']:visible").first().click();
            assertThat(page.getByText("Each opens with what the one before it closed with", new Page.GetByTextOptions().setExact(false))).isVisible();
            console.accessible();
            page.goBack();
            assertThat(heading(page)).hasText("Movements of revenue");
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void cohortsAreGoneThroughByKeyboardAndLeadToTheirAccounts() {
        try (ConsoleBrowser console = open(WIDE, "revenue/cohorts?currency=EUR&measure=PAID")) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_000);
            console.shown("cohorts");
            Locator cell = page.locator(".heat td a").first();
            cell.focus();
            page.keyboard().press("Enter");
            assertThat(heading(page)).hasText("Paying accounts");
            assertThat(page.getByText("of those who paid for the first time in")).isVisible();
            console.accessible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void segmentsStandSideBySide() {
        try (ConsoleBrowser console = open(WIDE, "revenue/segments?currency=EUR&by=SIZE")) {
            assertThat(heading(console.page)).hasText("Segments");
            console.shown("segments");
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void growthIsToldWithItsFormulasAndLeadsToItsLists() {
        try (ConsoleBrowser console = open(WIDE, "revenue?currency=EUR")) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_100);
            console.follow("revenue/growth?currency=EUR");
            assertThat(heading(page)).hasText("Growth");
            page.locator("main vaadin-details-summary").first().click();
            assertThat(page.getByText("divided by what they paid then", new Page.GetByTextOptions().setExact(false)).first()).isVisible();
            console.shown("growth");
            page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Logo retention")).getByRole(AriaRole.LINK).first().click();
            assertThat(heading(page)).hasText("Paying accounts");
            assertThat(page.getByText("since then without a break", new Page.GetByTextOptions().setExact(false))).isVisible();
            console.accessible();
            console.follow("revenue/retained?currency=EUR");
            assertThat(page.locator("main p[role=status]")).containsText("at the start, ");
            assertThat(page.locator("vaadin-grid a[href*='tab=revenue']:visible").first()).isVisible();
            console.accessible();
            console.picture("retained");
        }
    }

    @Test
    void aPastIsChosenLookedAtAndBrought() {
        StringBuilder past = new StringBuilder("account,name,email,currency,from,plan,mrr,kind\n");
        for (int at = 0; at < CUSTOMERS.size(); at++) {
            String key = "past-" + CUSTOMERS.get(at).toLowerCase(Locale.ROOT).replace(' ', '-');
            String who = key + "," + CUSTOMERS.get(at) + ",billing@" + key + ".example,JPY,";
            past.append(who).append("2024-%02d-01,starter,%d,\n".formatted(1 + at % 12, 9_000 + 1_000 * at));
            past.append(at % 6 == 5 ? who + "2025-06-15,starter,0,\n" : who + "2025-%02d-10,pro,%d,UPSELL\n".formatted(2 + at % 10, 11_000 + 1_100 * at));
        }
        past.append("past-zinc,Zinc Works,,JPY,2024-05-01,starter,ninety,\n");
        try (ConsoleBrowser console = open(WIDE, "plans?tab=file")) {
            console.follow("revenue/history");
            Page page = console.page;
            page.setViewportSize(WIDE, 2_000);
            page.locator("vaadin-upload input[type=file]").setInputFiles(new FilePayload("past.csv", "text/csv", past.toString().getBytes(StandardCharsets.UTF_8)));
            page.waitForURL(Pattern.compile(".*file=.*"));
            FinishedHistories.finish(context);
            Locator bring = page.getByText("Bring 24 accounts and 48 movements");
            assertThat(bring).isVisible();
            console.shown("revenue-history");
            bring.click();
            page.locator("#submit").click();
            assertThat(page.getByText("Being brought into the ledger").first()).isVisible();
            FinishedHistories.finish(context);
            assertThat(page.getByText("Brought into the ledger").first()).isVisible();
            page.setViewportSize(NARROW, 800);
            console.accessible();
            assertThat(page.evaluate(ONE_DIRECTION)).isEqualTo(true);
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void whatIfIsAskedByTypingAndStandsInTheAddress() {
        try (ConsoleBrowser console = open(WIDE, "revenue?currency=EUR")) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_300);
            console.follow("revenue/what-if?currency=EUR");
            assertThat(heading(page)).hasText("What if");
            Locator churn = page.getByLabel("Churn, points more or less");
            churn.fill("-1");
            churn.press("Tab");
            assertThat(page.getByText("(-1.00 points).", new Page.GetByTextOptions().setExact(false))).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*churnPoints=-100.*"));
            page.getByLabel("Prices rise by, %").fill("5");
            page.getByLabel("Prices rise by, %").press("Tab");
            assertThat(page.getByText("All prices rise by 5.00", new Page.GetByTextOptions().setExact(false))).isVisible();
            console.shown("what-if");
            page.getByText("Show as a table").first().click();
            console.accessible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    @Test
    void allCurrenciesAreToldInOneByRatesThatFinanceSets() {
        try (ConsoleBrowser console = open(WIDE, "revenue?in=EUR")) {
            Page page = console.page;
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Rates").setExact(true)).click();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set rates")).click();
            page.getByLabel("1 USD in EUR").fill("0.9224");
            page.getByLabel("1 GBP in EUR").fill("1.1701");
            page.getByLabel("1 JPY in EUR").fill("0.0062");
            console.shown("revenue-rates-dialog");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set these rates")).click();
            assertThat(page.getByText("€1.1701").first()).isVisible();
            console.shown("revenue-rates");
            console.go("revenue?in=EUR");
            page.setViewportSize(WIDE, 1_500);
            assertThat(page.getByText("All currencies in EUR")).isVisible();
            console.shown("revenue-in-one");
            page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Upsell")).getByRole(AriaRole.LINK).first().click();
            assertThat(page.getByText("Together, rounded once")).isVisible();
            console.shown("revenue-movements-in-one");
            assertThat(console.complaints()).isEmpty();
        }
        try (ConsoleBrowser console = open(NARROW, "revenue?in=EUR")) {
            for (String path : List.of("revenue", "revenue/segments", "revenue/movements", "revenue/accounts", "revenue/rates")) {
                console.go(path + "?in=EUR");
                console.accessible();
                assertThat(console.page.evaluate(ONE_DIRECTION)).as(path).isEqualTo(true);
            }
        }
    }

    @Test
    void onANarrowScreenItScrollsInOneDirection() {
        try (ConsoleBrowser console = open(NARROW, "revenue?currency=EUR")) {
            for (String path : List.of("revenue", "revenue/cohorts", "revenue/segments", "revenue/growth", "revenue/retained", "revenue/what-if", "revenue/movements", "revenue/accounts", "revenue/report")) {
                console.go(path + "?currency=EUR");
                console.accessible();
                console.picture(path.replace('/', '-') + "-narrow");
                assertThat(console.page.evaluate(ONE_DIRECTION)).as(path).isEqualTo(true);
            }
        }
    }

    @Test
    void thePageForTheBoardIsOnePage() {
        try (ConsoleBrowser console = open(WIDE, "revenue/report?currency=EUR")) {
            Page page = console.page;
            assertThat(heading(page)).hasText("Revenue report");
            console.shown("revenue-report");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.getByText("Print", new Page.GetByTextOptions().setExact(true))).isHidden();
            assertThat(page.locator("vaadin-side-nav").first()).isHidden();
            byte[] printed = page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true));
            // What 12 mm on each side leave of it, and nothing of the report is below.
            page.setViewportSize(703, 1_032);
            page.waitForFunction("document.querySelector('.report').getBoundingClientRect().bottom <= innerHeight");
            assertThat(new String(printed, StandardCharsets.ISO_8859_1).split("/Type /Page\\b(?!s)", -1)).as("pages").hasSize(2);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        }
    }
}
