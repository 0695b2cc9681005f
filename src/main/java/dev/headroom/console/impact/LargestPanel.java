package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.impact.ImpactLine;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.impact.LinePages.Kind;
import java.util.List;

/** Whose price rises most, of each currency a few. */
public final class LargestPanel extends Div {

    private static final int MOST = 5;

    public LargestPanel(ImpactServices services, ImpactRun run, ImpactSummary summary) {
        List<ImpactLine> rising = run.linesKept()
                ? summary.totals().stream().map(ImpactSummary.Total::currency).distinct()
                        .flatMap(currency -> services.lines().page(services.signedIn().actor(), run.id(), Kind.RISES, currency, null, MOST).lines().stream())
                        .toList()
                : List.of();
        if (rising.isEmpty()) {
            add(new Paragraph(translate("impact.largest.none")));
        } else {
            LineTable table = new LineTable(services, run);
            table.add(rising);
            add(table);
        }
    }
}
