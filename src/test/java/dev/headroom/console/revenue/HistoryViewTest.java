package dev.headroom.console.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.DataTable;
import dev.headroom.console.SignedInAs;
import dev.headroom.history.FinishedHistories;
import dev.headroom.identity.Role;
import dev.headroom.revenue.EmptyLedger;
import java.io.StringReader;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A file is chosen, its report read, and brought; whoever may not bring it is told who may. */
class HistoryViewTest extends ConsoleTest {

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    private ApplicationContext context;
    @Autowired
    private Accounts accounts;

    @Test
    void aFileIsLookedAtAndBrought() throws Exception {
        Story story = stories.begin();
        take(story);

        assertThat(paragraphs()).anyMatch(text -> text.contains("Looked at; nothing of it counts yet"));
        assertThat(rows("What is not brought")).containsExactly("3 mrr " + story.key("bad") + " The valueExpected an amount such as 1234.50, without currency and without grouping; 0 for what has endedten");
        assertThat(rows("MRR by month in GBP, with and without it")).isNotEmpty();
        press("Bring 1 account and 1 movement");
        press("Bring 1 account and 1 movement");
        FinishedHistories.finish(context);
        open();

        assertThat(accounts.byKeys(SELF, Set.of(story.key("good"), story.key("bad")))).containsOnlyKeys(story.key("good"));
        assertThat(rows("Histories").getFirst()).startsWith("view.csv Brought into the ledger").endsWith(" 2 1 1");
    }

    @Test
    @SignedInAs(Role.FINANCE)
    void financeLooksAndIsToldWhoBrings() throws Exception {
        take(stories.begin());
        assertThat(paragraphs()).anyMatch(text -> text.startsWith("It looks right?"));
        assertThat(find(Button.class).all()).extracting(Button::getText).noneMatch(text -> text.startsWith("Bring") || text.startsWith("Close"));
    }

    @Test
    void stripeIsReadAndWhatIsNotWantedDiscarded() {
        UI.getCurrent().navigate(HistoryView.PATH);
        assertThat(paragraphs()).anyMatch(text -> text.equals("A file has at most 50 MB and 250,000 lines."));
        press("Read from Stripe");
        press("Read from Stripe");
        assertThat(paragraphs()).anyMatch(text -> text.startsWith("Subscriptions are being read at Stripe: "));
        assertThat(rows("Histories").getFirst()).startsWith("Stripe Subscriptions are being read at Stripe");
        press("Discard");
        press("Discard");
        assertThat(paragraphs()).anyMatch(text -> text.equals("Discarded"));
        assertThat(rows("Histories").getFirst()).as("the list tells it too").startsWith("Stripe Discarded");
    }

    @Test
    void aFileThatIsTakenAfterThePageWasLeftDoesNotLeadBackToIt() throws Exception {
        UI.getCurrent().navigate(HistoryView.PATH);
        HistoryView view = find(HistoryView.class).single();
        UI.getCurrent().navigate("revenue");
        view.take(SELF, "late.csv", new StringReader("account\n"));
        assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath()).isEqualTo("revenue");
    }

    @Test
    void aPastIsClosedOnceItsCurrencyWasTyped() {
        UI.getCurrent().navigate(HistoryView.PATH);
        press("Close the past of a currency");
        press("Close it for good");
        @SuppressWarnings("unchecked")
        Select<Currency> currency = find(Select.class).single();
        assertThat(currency.getErrorMessage()).isEqualTo("Choose a currency");
        currency.setValue(Currency.getInstance("JPY"));
        TextField word = find(TextField.class).single();
        press("Close it for good");
        assertThat(word.isInvalid()).isTrue();
        assertThat(word.getErrorMessage()).isEqualTo("Expected JPY");
    }

    private void take(Story story) throws Exception {
        EmptyLedger.make(stories.db());
        UI.getCurrent().navigate(HistoryView.PATH);
        HistoryView view = find(HistoryView.class).single();
        view.take(SELF, "view.csv", new StringReader("account,email,currency,from,plan,mrr\n" + story.key("good") + ",g@example.com,GBP,1972-03-01," + story.key("starter") + ",10\n"
                + story.key("bad") + ",b@example.com,GBP,1972-03-01," + story.key("starter") + ",ten\n"));
        FinishedHistories.finish(context);
        open();
    }

    /** The newest file. */
    private void open() {
        UI.getCurrent().navigate(HistoryView.PATH);
        String newest = find(Anchor.class).all().stream().map(Anchor::getHref).filter(href -> href.startsWith(HistoryView.PATH + "?file=")).findFirst().orElseThrow();
        UI.getCurrent().navigate(HistoryView.PATH, QueryParameters.fromString(newest.substring(newest.indexOf('?') + 1)));
    }

    private List<String> paragraphs() {
        return find(Paragraph.class).all().stream().map(Paragraph::getText).toList();
    }

    private List<String> rows(String table) {
        return find(DataTable.class).all().stream().filter(each -> table.equals(each.getElement().getAttribute("aria-label"))).findFirst().orElseThrow()
                .getElement().getChildren().flatMap(HistoryViewTest::all).filter(row -> row instanceof NativeTableRow).map(HistoryViewTest::text).skip(1).toList();
    }

    private static Stream<Component> all(Element element) {
        return Stream.concat(element.getComponent().stream(), element.getChildren().flatMap(HistoryViewTest::all));
    }

    private static String text(Component row) {
        return row.getElement().getChildren().map(cell -> cell.getTextRecursively()).collect(Collectors.joining(" "));
    }
}
