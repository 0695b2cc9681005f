package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.quote.Quote;
import dev.headroom.value.UsageBreakEven;
import dev.headroom.value.ValueCase;
import dev.headroom.value.ValueCase.Line;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change is worth against staying, and from how much use it costs less; nothing where nothing is known of either. */
@StyleSheet("quoting.css")
final class CasePanel extends Div {

    CasePanel(@Nullable ValueCase worth, List<UsageBreakEven> breakEvens, Quote quote, ZoneId zone) {
        addClassName("differences");
        setVisible(worth != null || !breakEvens.isEmpty());
        UnorderedList figures = new UnorderedList();
        if (worth != null) {
            add(new H3(translate("case.title")), lines(worth));
            CaseText.of(worth, zone).forEach(line -> figures.add(new ListItem(line)));
        }
        breakEvens.forEach(each -> figures.add(new ListItem(CaseText.of(each, quote))));
        add(figures);
    }

    private static DataTable lines(ValueCase worth) {
        DataTable table = new DataTable(translate("case.lines"), translate("quote.what"), translate("quote.amount")).figuresFrom(2);
        table.addClassName("invoice");
        worth.lines().forEach(line -> table.row(what(line), new Text(Figures.signed(line.amount()))));
        return table;
    }

    private static Div what(Line line) {
        Span how = new Span(line.explanation());
        how.addClassName("quiet");
        Div what = new Div(new Span(line.feature() == null ? Words.of(line.kind()) : translate("case.of", Words.of(line.kind()), line.feature().name())), how);
        what.addClassName("stacked");
        return what;
    }
}
