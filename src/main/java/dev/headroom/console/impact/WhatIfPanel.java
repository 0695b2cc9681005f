package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.TypedNumber;
import dev.headroom.impact.Band;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.impact.WhatIf;
import java.math.BigDecimal;
import java.util.Optional;

/** What recurring revenue would be if only some moved, and some of those left whose price rises much. */
final class WhatIfPanel extends Div {

    private static final int ALL = 100;
    private static final String TAKE_UP = "move";
    private static final String CHURN = "leave";
    private static final String OVER = "over";

    private final ImpactSummary summary;
    private final QueryState query;
    private final TextField takeUp = new TextField(translate("whatif.takeUp"));
    private final TextField churn = new TextField(translate("whatif.churn"));
    private final Select<Integer> over = new Select<>();
    private final Div result = new Div();

    WhatIfPanel(ImpactSummary summary, QueryState query) {
        this.summary = summary;
        this.query = query;
        over.setLabel(translate("whatif.over"));
        over.setItems(Band.edgesOfRises());
        over.setItemLabelGenerator(edge -> translate("whatif.over.edge", Figures.percent(edge)));
        over.setValue(query.get(OVER).flatMap(TypedNumber::parse).map(BigDecimal::intValue).filter(Band.edgesOfRises()::contains).orElse(0));
        begin(takeUp, TAKE_UP, ALL);
        begin(churn, CHURN, 0);
        over.addValueChangeListener(change -> choose(OVER, String.valueOf(change.getValue())));
        Paragraph meaning = new Paragraph(translate("whatif.meaning"));
        meaning.addClassName("quiet");
        Div choices = new Div(takeUp, churn, over);
        choices.addClassNames("toolbar", "what-if");
        result.getElement().setAttribute("aria-live", "polite");
        add(meaning, choices, result);
        show();
    }

    private void begin(TextField field, String name, int usual) {
        field.setManualValidation(true);
        field.setValue(query.get(name).orElse(String.valueOf(usual)));
        field.addValueChangeListener(change -> choose(name, change.getValue()));
    }

    private void choose(String name, String value) {
        query.choose(name, value);
        show();
    }

    private void show() {
        Optional<Integer> moving = percent(takeUp);
        Optional<Integer> leaving = percent(churn);
        if (moving.isPresent() && leaving.isPresent()) {
            result.removeAll();
            result.add(table(new WhatIf(moving.get(), leaving.get(), over.getValue())));
        }
    }

    private static Optional<Integer> percent(TextField field) {
        Optional<Integer> percent = TypedNumber.parse(field.getValue())
                .filter(number -> number.stripTrailingZeros().scale() <= 0 && number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(ALL)) <= 0)
                .map(BigDecimal::intValue);
        field.setErrorMessage(translate("whatif.wrong"));
        field.setInvalid(percent.isEmpty());
        return percent;
    }

    private DataTable table(WhatIf asked) {
        DataTable table = new DataTable(
                translate("whatif.title"), translate("account.currency"), translate("whatif.now"), translate("whatif.all"), translate("whatif.expected"),
                translate("impact.mrr.difference"), translate("whatif.risk"));
        asked.of(summary).forEach(each -> table.row(
                each.currency().getCurrencyCode(), Figures.money(each.now()), Figures.money(each.all()), Figures.money(each.expected()),
                ImpactText.difference(each.now(), each.expected()), translate("whatif.risk.of", each.atRisk(), Figures.money(each.mrrAtRisk()))));
        return table;
    }
}
