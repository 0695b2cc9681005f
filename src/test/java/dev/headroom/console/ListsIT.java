package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What one takes away from a list, and what it remembers. */
class ListsIT extends ConsoleJourney {

    @Test
    void whatIsSoldAndWhoComesInIsDownloaded() throws IOException {
        try (ConsoleBrowser console = open(WIDE, "offers")) {
            assertThat(file(console, "offers")).startsWith(
                    "key,name,product,percent_off,amount_off_minor,currency,lasts,from,until,plans,existing_customers_only,cap,taken,state")
                    .anyMatch(line -> line.startsWith("pro-this-week,\"Pro at 20 % off, for a year\",launchpad,20,,,12 months,2026-") && line.contains(",pro,false,,0,"));
            assertThat(file(console, "bundles")).startsWith("key,name,percent_off,members,from,until")
                    .anyMatch(line -> line.startsWith("together,Crew beside Launchpad,25,"));
            assertThat(file(console, "people")).startsWith("name,email,roles,created_at,disabled_at")
                    .anyMatch(line -> line.startsWith("Olivia Marsh,olivia@launchpad.example,OWNER,2026-"));
            assertThat(file(console, "keys")).startsWith("name,hint,permissions,origins,created_at,last_used_at,revoked_at")
                    .anyMatch(line -> line.startsWith("test,") && line.contains("READ"));
            assertThat(file(console, "endpoints")).startsWith("id,url,description,events,created_at,former_secret_until,paused_at");
            assertThat(file(console, "endpoints/deliveries"))
                    .startsWith("event,type,happened_at,endpoint,url,state,tries,next_try_at,tried_at,status,milliseconds,failure");
            assertThat(console.complaints()).isEmpty();
        }
    }

    private static List<String> file(ConsoleBrowser console, String list) throws IOException {
        console.go(list);
        return Files.readAllLines(console.page.waitForDownload(() -> console.page.locator("main a.download").first().click()).path());
    }

    @Test
    void filtersAreSavedUnderANameAndOpenedAndAHiddenColumnStaysHidden() {
        try (ConsoleBrowser console = open(WIDE, "audit?act=grantFeature")) {
            Page page = console.page;
            menu(page, "Filters", "Save these filters…");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("What was granted");
            console.accessible();
            exactly(page, "Save").click();
            assertThat(page.getByText("“What was granted” is among the filters")).isVisible();

            console.go("audit");
            menu(page, "Filters", "What was granted");
            assertThat(page).hasURL(Pattern.compile(".*/audit\\?act=grantFeature$"));
            assertThat(page.getByText("Feature granted").last()).isVisible();
            console.accessible();

            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Columns")).click();
            page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Who")).uncheck();
            console.accessible();
            exactly(page, "Close").click();
            console.go("audit");
            assertThat(header(page, "What")).isVisible();
            assertThat(header(page, "Who")).isHidden();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Columns")).click();
            exactly(page, "As it was").click();
            assertThat(header(page, "Who")).isVisible();
            assertThat(console.complaints()).isEmpty();
        }
    }

    private static Locator header(Page page, String name) {
        return page.locator("main vaadin-grid-cell-content").getByText(name, new Locator.GetByTextOptions().setExact(true));
    }

    private static void menu(Page page, String menu, String item) {
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(menu)).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item)).click();
    }
}
