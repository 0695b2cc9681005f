package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.revenue.Cohorts.Cohort;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What customers who began to pay in the same month pay as they grow older, side by side. */
@Route(CohortsView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class CohortsView extends RevenuePage {

    static final String PATH = RevenueView.PATH + "/cohorts";

    private static final String MEASURE = "measure";
    private static final String SHOWN = "shown";

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final RevenueFigures figures;

    CohortsView(SignedIn signedIn, RevenueReadings readings, RevenueFigures figures) {
        super(signedIn, readings);
        this.signedIn = signedIn;
        this.readings = readings;
        this.figures = figures;
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.cohorts"));
    }

    @Override
    String path() {
        return PATH;
    }

    @Override
    void fill(RatedScope asked, Div content) {
        Scope scope = asked.scope();
        CohortMeasure measure = chosen(CohortMeasure.values(), MEASURE);
        CohortShown shown = chosen(CohortShown.values(), SHOWN);
        List<Cohort> found = figures.cohorts(signedIn.actor(), asked);
        List<Cohort> joined = found.stream().filter(cohort -> cohort.joined() > 0).toList();
        actions(Csv.lines(translate("csv.download"), "revenue-cohorts", out -> CohortLines.write(found, asked.rates(), out)));
        Div toolbar = new Div(
                select(translate("revenue.measure"), CohortMeasure.values(), measure, Words::of, MEASURE), select(translate("revenue.shown"), CohortShown.values(), shown, Words::of, SHOWN));
        toolbar.addClassName("toolbar");
        content.add(toolbar);
        if (joined.isEmpty()) {
            content.add(new EmptyState(translate("revenue.cohorts.none"), translate("revenue.cohorts.none.why")));
            return;
        }
        content.add(new Section(translate("revenue.heat", Words.of(measure), scope.currency().getCurrencyCode()), new HeatMap(joined, scope, measure, shown, readings.settings(signedIn.actor())), explained(scope, measure)));
    }

    private static Paragraph explained(Scope scope, CohortMeasure measure) {
        return quiet(switch (measure) {
            case NRR -> switch (scope.definition()) {
                case MOVEMENTS -> translate("revenue.heat.nrr.movements");
                case ACCOUNTS -> translate("revenue.heat.nrr.accounts");
            };
            case PAID -> translate("revenue.heat.paid");
            case GRR -> switch (scope.definition()) {
                case MOVEMENTS -> translate("revenue.heat.grr.movements");
                case ACCOUNTS -> translate("revenue.heat.grr.accounts");
            };
            case LOGOS -> translate("revenue.heat.logos");
        });
    }

    private <E extends Enum<E>> E chosen(E[] among, String name) {
        return Arrays.stream(among).filter(each -> state().get(name).filter(each.name()::equals).isPresent()).findFirst().orElse(among[0]);
    }

    private <E extends Enum<E>> Select<E> select(String label, E[] among, E value, Function<E, String> words, String name) {
        Select<E> select = new Select<>();
        select.setLabel(label);
        select.setItems(among);
        select.setItemLabelGenerator(words::apply);
        select.setValue(value);
        select.addValueChangeListener(change -> {
            state().choose(name, change.getValue().name());
            show();
        });
        return select;
    }
}
