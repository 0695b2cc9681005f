package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.revenue.Cohorts.Cell;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cohorts below one another and their ages beside one another, a number in each cell and the colour of how far it is from the start: orange below, purple above, as strong on either
 * side. What is not there yet is blank. A table, so that it can be read aloud and gone through by keyboard; each cell leads to the accounts that it is the sum of; what is kept in gross is no sum.
 */
final class HeatMap extends Div {

    private static final long START = 10_000;
    /** From where on no colour is stronger. */
    private static final long STRONGEST = 2_500;
    private static final long MOST_COLOUR = 70;

    private final Scope scope;
    private final CohortMeasure measure;
    private final CohortShown shown;
    private final RevenueSettings counted;

    HeatMap(List<Cohort> cohorts, Scope scope, CohortMeasure measure, CohortShown shown, RevenueSettings counted) {
        this.scope = scope;
        this.counted = counted;
        this.measure = measure;
        this.shown = shown;
        addClassName("heat");
        int oldest = cohorts.stream().mapToInt(cohort -> cohort.cells().size()).max().orElse(0);
        List<String> columns = new ArrayList<>(List.of(translate("revenue.cohort"), translate("revenue.joined")));
        for (int age = 0; age < oldest; age++) {
            columns.add(Figures.number(age));
        }
        DataTable table = new DataTable(translate("revenue.heat.ages"), columns.toArray(String[]::new));
        table.addClassName("matrix");
        cohorts.forEach(cohort -> table.row(row(cohort, oldest)));
        Paragraph ages = new Paragraph(translate("revenue.heat.ages"));
        ages.addClassName("quiet");
        add(legend(), ages, table.figuresFrom(2));
    }

    private static Component legend() {
        Div legend = new Div(shade(START - STRONGEST), shade(START - STRONGEST / 2), shade(START), shade(START + STRONGEST / 2), shade(START + STRONGEST));
        legend.addClassNames("legend", "quiet");
        Span open = new Span(translate("revenue.heat.immature"));
        open.addClassName("immature");
        legend.add(open);
        return legend;
    }

    private static Span shade(long points) {
        Span shade = new Span(Figures.wholePoints(points) + "\u00a0%");
        shade.addClassName("shade");
        colour(shade, points);
        return shade;
    }

    private Component[] row(Cohort cohort, int oldest) {
        List<Component> cells = new ArrayList<>(List.of(new Span(When.monthText(cohort.month())), new Text(Figures.number(cohort.joined()))));
        for (int age = 0; age < oldest; age++) {
            cells.add(age < cohort.cells().size() ? cell(cohort, cohort.cells().get(age)) : new Text(""));
        }
        return cells.toArray(Component[]::new);
    }

    private Component cell(Cohort cohort, Cell cell) {
        Long points = measure.points(cell);
        String percent = points == null ? "–" : Figures.wholePoints(points);
        String told = shown == CohortShown.PERCENT ? percent : measure.brief(cell);
        Optional<String> list = list(cohort, cell);
        HtmlContainer link = list.<HtmlContainer>map(address -> new Anchor(address, told)).orElseGet(() -> new Span(told));
        link.addClassName("shade");
        link.getElement().setAttribute("role", list.isPresent() ? "link" : "img");
        String exact = translate("revenue.heat.cell", When.monthText(cohort.month()), When.monthText(cell.month()), RetentionPanel.points(points), measure.absolute(cell));
        link.setTitle(exact);
        link.getElement().setAttribute("aria-label", cell.mature() ? exact : translate("revenue.heat.open", exact));
        if (!cell.mature()) {
            link.addClassName("immature");
        }
        if (points != null) {
            colour(link, points);
        }
        return link;
    }

    /** The accounts that a cell is the sum of; of net retention by movements, what led to it from the cohort's start. What is kept is no sum of what anybody pays. */
    private Optional<String> list(Cohort cohort, Cell cell) {
        return switch (measure) {
            case PAID, LOGOS -> Optional.of(scope.paying(cell.month(), cohort.month()));
            case GRR -> Optional.empty();
            case NRR -> Optional.of(cell.age() == 0 ? scope.paying(cell.month(), cohort.month()) : switch (scope.definition()) {
                case ACCOUNTS -> scope.paying(cell.month(), cohort.month(), counted.reactivation() ? null : cohort.month().plusMonths(1));
                case MOVEMENTS -> scope.listed(moved(cohort.month(), cell.month()));
            });
        };
    }

    private MovementFilter moved(YearMonth cohort, YearMonth until) {
        Set<MovementKind> kinds = Arrays.stream(MovementKind.values())
                .filter(kind -> counted.reactivation() || kind != MovementKind.REACTIVATION)
                .filter(kind -> counted.priceIncrease() || kind != MovementKind.PRICE_INCREASE)
                .collect(Collectors.toSet());
        YearMonth second = cohort.plusMonths(1);
        return new MovementFilter(scope.alone(), second, until.plusMonths(1), kinds, null, cohort, counted.reactivation() ? null : second, null);
    }

    private static void colour(Component shade, long points) {
        long away = Math.max(-STRONGEST, Math.min(STRONGEST, points - START));
        shade.getElement().getStyle().set("--shade", Math.abs(away) * MOST_COLOUR / STRONGEST + "%").set("--hue", away < 0 ? "var(--revenue-below)" : "var(--revenue-above)");
    }
}
