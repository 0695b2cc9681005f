package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.Section;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.diff.DiffPanel;
import dev.headroom.sheet.VersionDiff;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every version of a plan or add-on, the newest first, and in what any two of them differ; which two stands in the address. */
final class VersionsPanel extends Div {

    static final String TAB = "versions";

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final List<String> COLUMNS = List.of("plan", "version", "name", "state", "published_at", "prices", "features");

    private final CatalogSnapshot known;
    private final Plan plan;
    private final List<PlanVersion> newestFirst;
    private final QueryState state;
    private final Select<PlanVersion> from = choice("version.from");
    private final Select<PlanVersion> to = choice("version.to");
    private final Div diff = new Div();

    VersionsPanel(Plan plan, CatalogSnapshot known, QueryState state) {
        this.known = known;
        this.plan = plan;
        this.newestFirst = known.versionsOf(plan).reversed();
        this.state = state;
        Div toolbar = new Div(file());
        toolbar.addClassName("toolbar");
        add(toolbar, table(), new Section(translate("version.compare"), comparison()));
    }

    private Anchor file() {
        return Csv.link(translate("csv.download"), "versions-" + plan.key(), COLUMNS, csv -> newestFirst.forEach(version -> csv.row(
                plan.key(), version.number(), version.name(), version.state(), version.publishedAt(), version.prices().size(), version.entitlements().size())));
    }

    private Component table() {
        DataTable table = new DataTable(
                translate("plan.tab.versions"), translate("version.number"), translate("plan.name"), translate("plan.status"), translate("version.published"),
                translate("plan.prices"), translate("plan.features"));
        newestFirst.forEach(version -> table.row(
                new Text(translate("version.name", version.number())), new Text(version.name()), Status.of(version.state()), published(version.publishedAt()),
                new Text(PriceText.summary(version)), new Text(Figures.number(version.entitlements().size()))));
        return table;
    }

    private static Component published(@Nullable Instant at) {
        return Optional.ofNullable(at).<Component>map(instant -> When.day(instant, ZoneOffset.UTC)).orElseGet(() -> new Text("–"));
    }

    private Component comparison() {
        if (newestFirst.size() < 2) {
            Paragraph one = new Paragraph(translate("version.one"));
            one.addClassName("quiet");
            return one;
        }
        fill(from, FROM, newestFirst.get(1));
        fill(to, TO, newestFirst.getFirst());
        show();
        Div choices = new Div(from, to);
        choices.addClassName("toolbar");
        return new Div(choices, diff);
    }

    private static Select<PlanVersion> choice(String label) {
        Select<PlanVersion> select = new Select<>();
        select.setLabel(translate(label));
        select.setItemLabelGenerator(version -> translate("version.called", version.number(), version.name()));
        return select;
    }

    /** What the address does not name, or names and is not there, is what was asked for most often: the last change. */
    private void fill(Select<PlanVersion> select, String name, PlanVersion otherwise) {
        select.setItems(newestFirst);
        select.setValue(state.get(name).flatMap(this::numbered).orElse(otherwise));
        select.addValueChangeListener(change -> {
            state.with(QueryTabs.PARAMETER, TAB).with(FROM, number(from)).choose(TO, number(to));
            show();
        });
    }

    private Optional<PlanVersion> numbered(String number) {
        return newestFirst.stream().filter(version -> String.valueOf(version.number()).equals(number)).findFirst();
    }

    private static String number(Select<PlanVersion> select) {
        return String.valueOf(select.getValue().number());
    }

    private void show() {
        VersionDiff found = VersionDiff.of(from.getValue().sheet(), to.getValue().sheet());
        diff.removeAll();
        diff.add(found.identical() ? new Paragraph(translate("version.same")) : new DiffPanel(found, known, plan.kind()));
    }
}
