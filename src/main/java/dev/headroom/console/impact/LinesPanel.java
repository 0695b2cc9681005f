package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.headroom.actor.Actor;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.ImpactSummary.Total;
import dev.headroom.impact.LinePages.Kind;
import dev.headroom.impact.LinePages.LinePage;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Subscription by subscription: some of them, a page at a time, and what moving one would cost today. */
final class LinesPanel extends Div {

    private static final String KIND = "lines";
    private static final String CURRENCY = "currency";
    private static final int PAGE = 20;

    private final ImpactServices services;
    private final ImpactRun run;
    private final QueryState query;
    private final Select<Kind> kind = new Select<>();
    private final Select<Currency> currency = new Select<>();
    private final Div shown = new Div();
    private final Button more;
    private @Nullable LineTable table;
    private @Nullable String end;

    LinesPanel(ImpactServices services, ImpactRun run, QueryState query) {
        this.services = services;
        this.run = run;
        this.query = query;
        List<Currency> currencies = Optional.ofNullable(run.summary()).stream().flatMap(summary -> summary.totals().stream()).map(Total::currency).distinct().toList();
        kind.setLabel(translate("impact.lines.which"));
        kind.setItems(Kind.values());
        kind.setEmptySelectionAllowed(true);
        kind.setItemLabelGenerator(LinesPanel::name);
        kind.setValue(query.get(KIND).flatMap(LinesPanel::kind).orElse(null));
        currency.setLabel(translate("account.currency"));
        currency.setItems(currencies);
        currency.setEmptySelectionAllowed(true);
        currency.setItemLabelGenerator(each -> each == null ? translate("impact.lines.all") : each.getCurrencyCode());
        currency.setVisible(currencies.size() > 1);
        currency.setValue(query.get(CURRENCY).flatMap(code -> currencies.stream().filter(each -> each.getCurrencyCode().equals(code)).findFirst()).orElse(null));
        kind.addValueChangeListener(change -> choose(KIND, change.getValue() == null ? null : change.getValue().name().toLowerCase(Locale.ROOT)));
        currency.addValueChangeListener(change -> choose(CURRENCY, change.getValue() == null ? null : change.getValue().getCurrencyCode()));
        more = new Button(translate("impact.lines.more"), click -> more());
        Div choices = new Div(kind, currency, download());
        choices.addClassName("toolbar");
        add(choices, shown, more);
        show();
    }

    private static String name(@Nullable Kind kind) {
        return kind == null ? translate("impact.lines.all") : switch (kind) {
            case RISES -> translate("impact.lines.rises");
            case FALLS -> translate("impact.lines.falls");
            case OVER_LIMIT -> translate("impact.lines.over");
            case LOSES_FEATURE -> translate("impact.lines.loses");
            case CANNOT_MOVE -> translate("impact.lines.stays");
        };
    }

    private static Optional<Kind> kind(String word) {
        return Stream.of(Kind.values()).filter(each -> each.name().equalsIgnoreCase(word)).findFirst();
    }

    /** Every line, whichever are shown: the sums above are those of the file. */
    private Anchor download() {
        Actor reader = services.signedIn().actor();
        return Csv.lines(translate("csv.download"), "impact-" + run.next().plan().key(), out -> services.lines().write(reader, run.id(), out));
    }

    private void choose(String name, @Nullable String value) {
        query.choose(name, value);
        show();
    }

    private void show() {
        shown.removeAll();
        table = null;
        end = null;
        more();
        if (table == null) {
            shown.add(new EmptyState(translate("impact.lines.none"), translate("impact.lines.none.why")));
        }
    }

    private void more() {
        LinePage page = services.lines().page(services.signedIn().actor(), run.id(), kind.getValue(), currency.getValue(), end, PAGE);
        if (table == null && !page.lines().isEmpty()) {
            table = new LineTable(services, run);
            shown.add(table);
        }
        if (table != null) {
            table.add(page.lines());
        }
        end = page.end();
        more.setVisible(page.hasNext());
    }
}
