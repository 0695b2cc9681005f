package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.metrics.Metric;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.metrics.Metrics;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How fast and by what customers grow: each figure against as many months before, with both its parts, its formula, and the lists that add up to it. */
@Route(GrowthView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class GrowthView extends RevenuePage {

    static final String PATH = RevenueView.PATH + "/growth";

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final Metrics metrics;

    GrowthView(SignedIn signedIn, RevenueReadings readings, Metrics metrics) {
        super(signedIn, readings);
        this.signedIn = signedIn;
        this.readings = readings;
        this.metrics = metrics;
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.growth"));
    }

    @Override
    String path() {
        return PATH;
    }

    @Override
    void fill(RatedScope asked, Div content) {
        Scope scope = asked.scope();
        List<Metric> now = read(asked);
        List<Metric> before = read(asked.before());
        boolean rises = readings.settings(signedIn.actor()).priceIncrease();
        actions(Csv.lines(translate("csv.download"), "revenue-growth", out -> GrowthLines.write(asked, now, before, out)));
        if (now.stream().allMatch(each -> each.value() == null || each.value() == 0)) {
            content.add(new EmptyState(translate("revenue.growth.none"), translate("revenue.none.here.why")));
            return;
        }
        for (GrowthGroup group : GrowthGroup.values()) {
            content.add(new Section(Words.of(group), table(scope, group, now, before, rises)));
        }
        content.add(quiet(translate("revenue.growth.what", scope.months())), quiet(translate("revenue.growth.conversion")));
    }

    /** All of them, in the order of their kinds. */
    private List<Metric> read(RatedScope asked) {
        Scope scope = asked.scope();
        return asked.told(
                () -> metrics.metrics(signedIn.actor(), scope.currency(), Set.of(), scope.from(), scope.until()),
                rates -> metrics.metrics(signedIn.actor(), rates, Set.of(), scope.from(), scope.until()));
    }

    private static DataTable table(Scope scope, GrowthGroup group, List<Metric> now, List<Metric> before, boolean rises) {
        DataTable table = new DataTable(
                Words.of(group), translate("revenue.growth.figure"), translate("revenue.growth.value"), translate("revenue.previous"), translate("revenue.growth.numerator"),
                translate("revenue.growth.denominator"));
        for (Metric.Kind kind : group.kinds()) {
            Metric metric = now.get(kind.ordinal());
            Details name = new Details(Words.of(kind), new Paragraph(GrowthText.formula(kind, rises)));
            name.addClassName("how");
            table.row(
                    name, new Text(GrowthText.value(kind, metric.value(), scope.currency())), new Text(GrowthText.value(kind, before.get(kind.ordinal()).value(), scope.currency())),
                    part(scope, kind, metric.numerator(), false), part(scope, kind, metric.denominator(), true));
        }
        table.addClassName("growth");
        return table;
    }

    /** Of several currencies, each has the same list in its own. */
    private static Component part(Scope scope, Metric.Kind kind, @Nullable Part of, boolean divided) {
        if (of == null) {
            return new Text("–");
        }
        String text = GrowthText.part(kind, of, divided);
        Part listed = of.inEach().stream().findFirst().orElse(of);
        if (listed.movements() != null) {
            return new Anchor(scope.listed(listed.movements().in(scope.alone())), text);
        }
        return listed.accounts() == null ? new Text(text) : new Anchor(scope.paying(listed.accounts()), text);
    }
}
