package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.util.List;

/** How retention was reckoned: in a sentence, by which settings, and from what to what. */
final class DefinitionPanel extends Div {

    DefinitionPanel(RevenueReading reading) {
        add(new Paragraph(sentence(reading.scope().definition())), new Paragraph(told(reading.settings(), reading.scope().definition())), table(reading));
    }

    static String sentence(Definition definition) {
        return switch (definition) {
            case MOVEMENTS -> translate("revenue.by.movements");
            case ACCOUNTS -> translate("revenue.by.accounts");
        };
    }

    /** The settings that the figures follow. */
    static String told(RevenueSettings settings, Definition definition) {
        return told(settings, definition, settings.use());
    }

    /** Of figures that count what use past limits brings in any case. */
    static String toldWithUse(RevenueSettings settings) {
        return told(settings, Definition.MOVEMENTS, true);
    }

    private static String told(RevenueSettings settings, Definition definition, boolean use) {
        return translate(
                "revenue.told", settings.reactivation() ? 1 : 0, settings.priceIncrease() || definition == Definition.ACCOUNTS ? 1 : 0, settings.zone().getId(), settings.closingDays(),
                use ? 1 : 0);
    }

    private static DataTable table(RevenueReading reading) {
        Scope scope = reading.scope();
        Retention of = reading.retention();
        DataTable table = new DataTable(translate("revenue.formula"), translate("revenue.part"), translate("account.mrr"));
        table.row(new Text(translate("revenue.start.at", When.monthText(scope.from()))), new Anchor(scope.paying(scope.from().minusMonths(1), null), Figures.money(of.start())));
        of.movements().forEach(each -> table.row(new Text(Words.of(each.kind())), amount(scope, of, each)));
        table.row(new Text(translate("revenue.end.at", When.monthText(scope.last()))), one(scope, of.end()));
        table.row(new Text(translate("revenue.kept.of")), one(scope, of.kept()));
        table.row(translate("revenue.nrr.is"), RetentionPanel.points(of.netPoints()));
        return table.row(translate("revenue.grr.is"), RetentionPanel.points(of.grossPoints())).figuresFrom(2);
    }

    /** Account by account it is the sum of a list; by movements it is what the lines above come to. */
    private static Component one(Scope scope, Money amount) {
        return scope.definition() == Definition.ACCOUNTS ? new Anchor(scope.retained(), Figures.money(amount)) : new Text(Figures.money(amount));
    }

    /** Of those who stayed, and where they count in a list of their own those who came back. */
    private static Component amount(Scope scope, Retention of, KindSum each) {
        MovementFilter stayed = scope.retained(List.of(each.kind()));
        Anchor link = new Anchor(scope.listed(stayed), Figures.signed(each.amount()));
        if (!of.reactivation()) {
            return link;
        }
        MovementFilter returned = new MovementFilter(stayed.currency(), stayed.from(), stayed.until(), stayed.kinds(), null, null, null, scope.from());
        return new Span(link, new Text(" "), new Anchor(scope.listed(returned), translate("revenue.of.returned")));
    }
}
