package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.When;
import dev.headroom.console.publish.PublishText;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollout.State;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every publication and every move to a version that is sold, the one that was decided last first. */
@Route(RolloutsView.PATH)
@PermitAll
class RolloutsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "rollouts";

    private static final String STATE = "state";
    private static final String PLAN = "plan";
    private static final int PAGE = 50;
    private static final int FILE_PAGE = 1_000;
    private static final List<String> COLUMNS = List.of(
            "id", "plan", "version", "previous", "timing", "state", "total", "moved", "skipped", "failed", "decided_by", "decided_at", "publish_at", "zone",
            "published_at", "finished_at", "reason");

    private final RolloutServices services;
    private final CatalogSnapshot known;
    private final Select<State> state = new Select<>();
    private final ComboBox<String> plan = new ComboBox<>(translate("rollout.plan"));
    private final ListGrid<Row> grid = new ListGrid<>(translate("rollout.list"), PAGE);
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;

    RolloutsView(RolloutServices services) {
        this.services = services;
        this.known = services.catalog().snapshot();
        this.reader = services.signedIn().actor();
        addClassName("filling");
        title(translate("rollout.list"));
        if (!services.signedIn().may(Permission.CATALOG)) {
            add(new EmptyState(translate("rollout.forbidden"), translate("rollout.forbidden.why")));
            return;
        }
        prepareFilters();
        prepareGrid();
        Div toolbar = new Div(state, plan);
        toolbar.addClassName("toolbar");
        Div list = new Div(toolbar, grid);
        list.addClassName("list");
        add(list);
        actions(new ListTools(services.signedIn(), PATH, grid), Csv.link(translate("csv.download"), "rollouts", COLUMNS, this::write));
    }

    private record Row(Rollout rollout, Counts counts) {}

    private void prepareFilters() {
        state.setLabel(translate("rollout.state"));
        state.setItems(State.values());
        state.setItemLabelGenerator(each -> each == null ? translate("filter.states.all") : RolloutText.name(each));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(translate("filter.states.all"));
        plan.setItems(Stream.concat(known.plans().stream(), known.addOns().stream()).map(Plan::key).sorted().toList());
        plan.setItemLabelGenerator(key -> known.plan(key).or(() -> known.addOn(key)).map(Plan::name).orElse(key));
        plan.setPlaceholder(translate("rollout.plan.all"));
        plan.setClearButtonVisible(true);
    }

    private void prepareGrid() {
        grid.addComponentColumn(this::name).setHeader(translate("rollout.what")).setKey("what").setAutoWidth(true).setFlexGrow(1).setRowHeader(true);
        grid.addColumn(row -> RolloutText.versions(row.rollout(), known)).setHeader(translate("rollout.versions.head")).setKey("versions").setAutoWidth(true);
        grid.addColumn(row -> PublishText.name(row.rollout().timing())).setHeader(translate("publish.fact.who")).setKey("timing").setWidth("12rem").setFlexGrow(1);
        grid.addComponentColumn(row -> RolloutText.state(row.rollout().state())).setHeader(translate("rollout.state")).setKey("state").setAutoWidth(true);
        grid.addColumn(row -> RolloutText.counts(row.counts())).setHeader(translate("rollout.accounts")).setKey("counts").setAutoWidth(true);
        grid.addColumn(row -> services.who(row.rollout().decidedBy())).setHeader(translate("rollout.by")).setKey("by").setAutoWidth(true);
        grid.addComponentColumn(row -> When.minute(row.rollout().publishAt(), zone(row.rollout()))).setHeader(translate("rollout.at")).setKey("at").setAutoWidth(true);
        grid.setEmptyStateComponent(new EmptyState(translate("rollout.none"), translate("rollout.none.why")));
    }

    private static ZoneId zone(Rollout rollout) {
        return rollout.zone() == null ? ZoneOffset.UTC : ZoneId.of(rollout.zone());
    }

    private Component name(Row row) {
        Rollout rollout = row.rollout();
        return folded(
                new Anchor(RolloutView.address(rollout.id()), RolloutText.title(rollout, known)), RolloutText.state(rollout.state()),
                new Span(RolloutText.counts(row.counts())), When.minute(rollout.publishAt(), zone(rollout)));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (!services.signedIn().may(Permission.CATALOG)) {
            return;
        }
        QueryState query = QueryState.of(event.getLocation());
        state.setValue(query.get(STATE).flatMap(word -> Arrays.stream(State.values()).filter(each -> each.name().equalsIgnoreCase(word)).findFirst()).orElse(null));
        plan.setValue(query.get(PLAN).filter(key -> plan.getListDataView().contains(key)).orElse(null));
        state.addValueChangeListener(change -> {
            query.choose(STATE, change.getValue() == null ? null : change.getValue().name().toLowerCase(Locale.ROOT));
            show();
        });
        plan.addValueChangeListener(change -> {
            query.choose(PLAN, change.getValue());
            show();
        });
        show();
    }

    private void show() {
        State wanted = state.getValue();
        String of = plan.getValue();
        KeysetPages<Rollout> pages = new KeysetPages<>((last, size) -> page(services.signedIn().actor(), wanted, of, last, size), PAGE);
        grid.setItems(query -> rows(services.signedIn().actor(), pages.slice(query.getOffset(), query.getLimit())));
    }

    private List<Rollout> page(Actor actor, @Nullable State wanted, @Nullable String of, @Nullable Rollout last, int size) {
        return services.rollouts().page(actor, wanted, of, last == null ? null : last.id(), size);
    }

    private Stream<Row> rows(Actor actor, List<Rollout> page) {
        Map<UUID, Counts> counts = services.rollouts().counts(actor, page.stream().map(Rollout::id).toList());
        return page.stream().map(rollout -> new Row(rollout, Objects.requireNonNull(counts.get(rollout.id()))));
    }

    private void write(Csv csv) {
        State wanted = state.getValue();
        String of = plan.getValue();
        for (List<Rollout> page = page(reader, wanted, of, null, FILE_PAGE); !page.isEmpty(); page = page(reader, wanted, of, page.getLast(), FILE_PAGE)) {
            rows(reader, page).forEach(row -> line(csv, row.rollout(), row.counts()));
        }
    }

    private void line(Csv csv, Rollout rollout, Counts counts) {
        csv.row(
                rollout.id(), rollout.plan(), rollout.number(), Optional.ofNullable(rollout.previous()).map(previous -> known.version(previous).number()).orElse(null),
                rollout.timing(), rollout.state(), counts.total(), counts.moved(), counts.skipped(), counts.failed(), rollout.decidedBy(), rollout.decidedAt(),
                rollout.publishAt(), rollout.zone(), rollout.publishedAt(), rollout.finishedAt(), rollout.reason());
    }
}
