package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.usage.NearLimits.Filter;
import dev.headroom.console.usage.NearLimits.Near;
import dev.headroom.limits.Decision;
import dev.headroom.reading.ProjectionResult.LimitDate;
import dev.headroom.reading.ProjectionResult.Projection;
import dev.headroom.usage.UsageHistories;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who is near a limit, across all customers, and what became of everybody's events. */
@Route(LimitsView.PATH)
@PermitAll
class LimitsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "usage";
    private static final String FEATURE = "feature";
    private static final String STATE = "state";
    private static final int PAGE = 50;
    private static final int INTAKE_DAYS = 30;
    private static final List<String> COLUMNS = List.of(
            "account", "name", "feature", "used", "limit", "percent", "state", "limit_reached_at", "resets_at");

    private final SignedIn signedIn;
    private final NearLimits limits;
    private final UsageHistories histories;
    private final InstantSource clock;
    private final Select<Feature> feature = new Select<>();
    private final Select<Decision.State> state = new Select<>();
    private final ListGrid<Near> grid = new ListGrid<>(translate("near.tab"), PAGE);
    private final QueryTabs tabs = new QueryTabs(PATH);
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;
    private volatile Filter filter = new Filter(null, null);

    LimitsView(SignedIn signedIn, NearLimits limits, UsageHistories histories, Catalog catalog, InstantSource clock) {
        this.signedIn = signedIn;
        this.reader = signedIn.actor();
        this.limits = limits;
        this.histories = histories;
        this.clock = clock;
        title(translate("near.title"));
        prepareFilters(catalog);
        prepareGrid();
        add(tabs.with("limits", translate("near.tab"), this::list).with("events", translate("intake.title"), this::intake));
    }

    private Component list() {
        Paragraph meaning = new Paragraph(translate("near.meaning"));
        meaning.addClassName("quiet");
        Div toolbar = new Div(feature, state, new ListTools(signedIn, PATH, grid), Csv.link(translate("csv.download"), "limits", COLUMNS, this::write));
        toolbar.addClassName("toolbar");
        Div list = new Div(meaning, toolbar, grid);
        list.addClassNames("list", "limits");
        return list;
    }

    private void prepareFilters(Catalog catalog) {
        feature.setLabel(translate("feature.name"));
        feature.setItems(catalog.snapshot().features().stream().filter(each -> each.meter() != null).toList());
        feature.setItemLabelGenerator(each -> each == null ? translate("filter.features.all") : each.name());
        feature.setEmptySelectionAllowed(true);
        feature.setEmptySelectionCaption(translate("filter.features.all"));
        state.setLabel(translate("near.state"));
        state.setItems(Decision.State.values());
        state.setItemLabelGenerator(each -> each == null ? translate("filter.states.all") : Words.of(each));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(translate("filter.states.all"));
    }

    private void prepareGrid() {
        grid.addComponentColumn(this::account).setHeader(translate("account.name")).setKey("account").setAutoWidth(true).setFlexGrow(2).setRowHeader(true);
        grid.addColumn(near -> near.now().feature().name()).setHeader(translate("feature.name")).setKey("feature").setAutoWidth(true);
        grid.addComponentColumn(near -> MeterCard.compact(near.now())).setHeader(translate("feature.used")).setKey("used").setWidth("15rem").setFlexGrow(1);
        grid.addComponentColumn(near -> Status.of(near.now().state())).setHeader(translate("near.state")).setKey("state").setAutoWidth(true);
        grid.addColumn(LimitsView::expected).setHeader(translate("near.expected")).setKey("expected").setAutoWidth(true);
        grid.addColumn(LimitsView::resets).setHeader(translate("feature.resets")).setKey("resets").setAutoWidth(true);
        grid.setEmptyStateComponent(new EmptyState(translate("near.none"), translate("near.none.why")));
    }

    private Component account(Near near) {
        Anchor link = new Anchor("accounts/" + near.account().key() + "?tab=" + UsagePanels.TAB, near.account().name());
        return folded(
                link, new Span(near.now().feature().name()), new Span(MeterCard.numbers(near.now())), Status.of(near.now().state()), new Span(expected(near)));
    }

    private static String expected(Near near) {
        return limit(near).map(date -> LimitDateText.brief(date, near.account().zone())).orElseGet(() -> translate("feature.none"));
    }

    private static Optional<LimitDate> limit(Near near) {
        return near.projection() instanceof Projection found ? Optional.ofNullable(found.reachesLimitAt()) : Optional.empty();
    }

    private static String resets(Near near) {
        Instant at = near.now().resetsAt();
        return at == null ? translate("feature.none") : When.dayText(at, near.account().zone());
    }

    private Component intake() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new IntakeTable(histories.intake(signedIn.actor(), today.minusDays(INTAKE_DAYS - 1), today.plusDays(1)), INTAKE_DAYS);
    }

    private void show() {
        KeysetPages<Near> pages = new KeysetPages<>((last, size) -> limits.after(signedIn.actor(), filter, last, size), PAGE);
        grid.setItems(query -> pages.slice(query.getOffset(), query.getLimit()).stream());
    }

    private void write(Csv csv) {
        Filter filtered = filter;
        List<Near> page = limits.after(reader, filtered, null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(near -> csv.row(
                    near.account().key(), near.account().name(), near.now().feature().key(), near.now().used(), near.now().limit(), near.now().percent(),
                    near.now().state(), limit(near).map(LimitDate::at).orElse(null), near.now().resetsAt()));
            page = limits.after(reader, filtered, page.getLast(), PAGE);
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryState chosen = QueryState.of(event.getLocation());
        feature.setValue(chosen.get(FEATURE)
                .flatMap(key -> feature.getListDataView().getItems().filter(each -> each.key().equals(key)).findFirst())
                .orElse(null));
        state.setValue(chosen.get(STATE).flatMap(LimitsView::named).orElse(null));
        filter();
        feature.addValueChangeListener(change -> {
            chosen.choose(FEATURE, change.getValue() == null ? null : change.getValue().key());
            filter();
        });
        state.addValueChangeListener(change -> {
            chosen.choose(STATE, change.getValue() == null ? null : change.getValue().name());
            filter();
        });
        tabs.follow(event.getLocation().getQueryParameters());
    }

    private void filter() {
        filter = new Filter(feature.getOptionalValue().map(Feature::id).orElse(null), state.getValue());
        show();
    }

    private static Optional<Decision.State> named(String word) {
        return Arrays.stream(Decision.State.values()).filter(each -> each.name().equals(word)).findFirst();
    }
}
