package dev.headroom.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An account's business review in a real browser: read, narrow, and printed. */
class ReviewIT extends ConsoleJourney {

    private static final String REVIEW = "accounts/acme-rockets/review";

    @Test
    void aReviewIsReadAndPrinted() {
        try (ConsoleBrowser console = open(WIDE, REVIEW)) {
            Page page = console.page;
            page.setViewportSize(WIDE, 1_500);
            assertThat(page.getByText("In a few words")).isVisible();
            console.shown("review");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.getByText("Print", new Page.GetByTextOptions().setExact(true))).isHidden();
            assertThat(page.locator("vaadin-side-nav").first()).isHidden();
            String printed = new String(page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true)), StandardCharsets.ISO_8859_1);
            assertThat(printed.split("/Type /Page\\b(?!s)", -1)).as("one page and what is before it").hasSize(2);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
            assertThat(console.complaints()).isEmpty();
        }
        try (ConsoleBrowser console = open(NARROW, REVIEW)) {
            console.accessible();
            console.picture("review-narrow");
            assertThat(console.page.evaluate(ONE_DIRECTION)).isEqualTo(true);
        }
    }
}
