package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.usage.UsageHistories.IntakeDay;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What became of the events that were sent: counted, late, sent twice, refused and why; a row a day. */
final class IntakeTable extends Div {

    /** @param lookedAt how many days were looked at */
    IntakeTable(List<IntakeDay> days, int lookedAt) {
        if (days.isEmpty()) {
            add(new EmptyState(translate("intake.none", lookedAt), translate("intake.none.why")));
            return;
        }
        Paragraph sum = new Paragraph(translate(
                "intake.sum", lookedAt, sum(days, IntakeDay::recorded), sum(days, IntakeDay::late), sum(days, IntakeDay::duplicate),
                sum(days, IntakeDay::allRejected)));
        Paragraph meaning = new Paragraph(translate("intake.meaning"));
        meaning.addClassName("quiet");
        DataTable table = new DataTable(
                translate("intake.title"), translate("intake.day"), translate("intake.recorded"), translate("intake.late"), translate("intake.moved"),
                translate("intake.duplicate"), translate("intake.rejected"));
        table.addClassName("figures");
        days.forEach(day -> table.row(
                new Text(When.dayText(day.day().atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC)), number(day.recorded()), number(day.late()),
                number(day.moved()), number(day.duplicate()), rejected(day)));
        add(sum, table, meaning);
    }

    private static String sum(List<IntakeDay> days, ToLongFunction<IntakeDay> figure) {
        return Figures.number(days.stream().mapToLong(figure).sum());
    }

    private static Text number(long events) {
        return new Text(Figures.number(events));
    }

    private static Component rejected(IntakeDay day) {
        Div rejected = new Div(new Span(Figures.number(day.allRejected())));
        rejected.addClassName("stacked");
        day.rejected().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(field -> new Span(translate("intake.field", field.getKey(), Figures.number(field.getValue()))))
                .forEach(each -> {
                    each.addClassName("quiet");
                    rejected.add(each);
                });
        return rejected;
    }
}
