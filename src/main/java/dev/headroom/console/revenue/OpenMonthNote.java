package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.console.When;
import dev.headroom.revenue.RevenueMonth;
import java.time.YearMonth;
import java.util.Optional;

/** That figures end with a month that may still change, and where those are that do not. */
final class OpenMonthNote extends Paragraph {

    private OpenMonthNote(Scope scope, RevenueMonth last) {
        add(new Text(translate(last.month().equals(scope.now()) ? "revenue.unfinished" : "revenue.unclosed", When.monthText(last.month()))));
        addClassName("quiet");
    }

    /** Absent where all of it is closed. */
    static Optional<OpenMonthNote> of(RevenueReading reading) {
        RevenueMonth last = reading.months().getLast();
        return last.closed() ? Optional.empty() : Optional.of(new OpenMonthNote(reading.scope(), last));
    }

    /** With a way to as many months that are closed, where there are any. */
    static Optional<OpenMonthNote> leading(RevenueReading reading) {
        Optional<YearMonth> closed = reading.months().stream().filter(RevenueMonth::closed).map(RevenueMonth::month).reduce((_, last) -> last);
        return of(reading).map(note -> {
            closed.map(month -> reading.scope().over(month.plusMonths(1L - reading.scope().months()), month.plusMonths(1)))
                    .ifPresent(scope -> note.add(new Text(" "), new Anchor(scope.address(RevenueView.PATH), translate("revenue.unclosed.before"))));
            return note;
        });
    }
}
