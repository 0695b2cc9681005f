package dev.headroom.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.When;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ending a subscription with its period, and letting it go on. */
class EndDialogTest extends ConsoleTest {

    private Story story;
    private String account = "";
    private String day = "";

    @BeforeEach
    void aVendorWithACustomer() {
        story = stories.begin();
        account = story.subscribed("ada", "pro", 4);
        day = When.dayText(Instant.parse(story.backend()
                .ask("query ($key: String!) { account(key: $key) { subscription { period { until } } } }", "key", account)
                .text("/account/subscription/period/until")), ZoneOffset.UTC);
    }

    private void show() {
        navigate("accounts/" + account, Main.class);
    }

    @Test
    void theEndIsQuotedAskedForAndTakenBack() {
        show();
        press("End subscription");
        assertThat(find(Dialog.class).single().getHeaderTitle()).isEqualTo("End pro of ada");
        assertThat(dialog())
                .contains("Runs until " + day, "Nothing is charged for that, and nothing is paid back")
                .contains("Lost", "Single sign-on", "Recurring: $0.00, was $196.00 a month")
                .doesNotContain("Next invoice", "Due today</", "waits, to be made by");
        press("End on " + day);
        assertThat(dialog()).contains("The subscription ends on " + day, "the end can be taken back");
        press("Close");
        assertThat(page()).contains("Ends on " + day, "Let it go on").doesNotContain("Next invoice", "End subscription…");

        press("Let it go on");
        assertThat(dialog()).contains("Goes on after " + day, "Next invoice: $196.00 on " + day).doesNotContain("Due today</");
        press("Let it go on");
        assertThat(dialog()).contains("The subscription goes on", "Nothing was charged.");
        press("Close");
        assertThat(page()).contains("Next invoice", "End subscription…").doesNotContain("Ends on " + day);
    }

    @Test
    void atOnceItSaysWhatIsGivenBackOnTheButton() {
        story.halfway(account);
        show();
        press("End subscription");
        times().setValue(EndChoice.Time.NOW);
        assertThat(dialog()).contains("Ends at once", "Unused time: pro", "given back to the balance", "Lost", "Single sign-on").doesNotContain("Next invoice");
        press("End it now, $98.00 back to the balance");
        assertThat(dialog()).contains("The subscription is over", "Nothing was charged");
        press("Close");
        assertThat(page()).doesNotContain("End subscription…");
    }

    @Test
    void atADateItRunsUntilThatDayAndThatCanBeTakenBack() {
        LocalDate until = stories.clock().instant().plus(Duration.ofDays(70)).atZone(ZoneOffset.UTC).toLocalDate();
        String then = When.dayText(until.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
        show();
        press("End subscription");
        times().setValue(EndChoice.Time.AT_DATE);
        assertThat(dialog()).contains("once a day is chosen").doesNotContain("Recurring");
        find(DatePicker.class).single().setValue(stories.clock().instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1));
        assertThat(dialog()).contains("It is over");
        find(DatePicker.class).single().setValue(until);
        assertThat(dialog()).contains("Runs until " + then, "Next invoice: $196.00 on " + day);
        press("End on " + then);
        press("Close");
        assertThat(page()).contains("Ends on " + then, "End of pro on " + then + " asked for");
        press("Let it go on");
        press("Let it go on");
        press("Close");
        assertThat(page()).doesNotContain("Ends on " + then);
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<EndChoice.Time> times() {
        return find(RadioButtonGroup.class).single();
    }

    @Test
    void whatWaitsIsDroppedWithTheEndAndTheDialogSaysSo() {
        story.accept(story.token(account, Map.of("seats", 2)));
        show();
        press("End subscription");
        assertThat(dialog()).contains("One change waits, to be made by " + day, "nothing of that is made");
    }

    @Test
    void aChangeOfWhatIsToEndSaysThatItStillEnds() {
        show();
        press("End subscription");
        press("End on ");
        press("Close");
        press("Change plan");
        find(IntegerField.class).all().getFirst().setValue(5);
        assertThat(dialog()).contains("The subscription still ends on " + day);
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotChangeSeesWhatItWouldMeanAndWhyNot() {
        show();
        press("End subscription");
        assertThat(dialog()).contains("Runs until " + day, "Your role may see quotes but not accept them.");
        assertThat(button("End on ").orElseThrow().isEnabled()).isFalse();
    }
}
