package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Segment;
import dev.headroom.revenue.Segments.Slice;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Recurring revenue in pieces side by side: what each opened with, gained, lost and closes with, and how much of it stays; together they are the whole. */
@Route(SegmentsView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class SegmentsView extends RevenuePage {

    static final String PATH = RevenueView.PATH + "/segments";

    private static final String BY = "by";

    private final SignedIn signedIn;
    private final RevenueFigures figures;

    SegmentsView(SignedIn signedIn, RevenueReadings readings, RevenueFigures figures) {
        super(signedIn, readings);
        this.signedIn = signedIn;
        this.figures = figures;
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.segments"));
    }

    @Override
    String path() {
        return PATH;
    }

    @Override
    void fill(RatedScope asked, Div content) {
        Scope scope = asked.scope();
        Dimension by = Arrays.stream(Dimension.values()).filter(each -> state().get(BY).filter(each.name()::equals).isPresent()).findFirst().orElse(Dimension.PRODUCT);
        List<Segment> found = figures.segments(signedIn.actor(), asked, by);
        Div toolbar = new Div(choice(by));
        toolbar.addClassName("toolbar");
        content.add(toolbar);
        if (found.isEmpty()) {
            content.add(new EmptyState(translate("revenue.none.here"), translate("revenue.none.here.why")));
            return;
        }
        content.add(new Section(translate("revenue.by", Words.of(by), scope.currency().getCurrencyCode()), table(scope, by, found, whole(asked, found)),
                quiet(translate(scope.rates() == null ? "revenue.segments.what" : "revenue.segments.rounded"))));
    }

    private Select<Dimension> choice(Dimension by) {
        Select<Dimension> choice = new Select<>();
        choice.setLabel(translate("revenue.cut"));
        choice.setItems(Dimension.values());
        choice.setItemLabelGenerator(Words::of);
        choice.setValue(by);
        choice.addValueChangeListener(change -> {
            state().choose(BY, change.getValue().name());
            show();
        });
        return choice;
    }

    /** What the pieces are pieces of. */
    private record Whole(Money opening, List<KindSum> movements, Money closing) {}

    /** Of one currency the pieces together; of several that are told in one, of which each piece is rounded by itself, as the other pages have it. */
    private Whole whole(RatedScope asked, List<Segment> found) {
        Scope scope = asked.scope();
        if (scope.rates() == null) {
            return new Whole(sum(found.stream().map(Segment::opening), scope), found.stream().flatMap(each -> each.movements().stream()).toList(), sum(found.stream().map(Segment::closing), scope));
        }
        List<RevenueMonth> months = figures.months(signedIn.actor(), asked, scope.from(), scope.until());
        return new Whole(months.getFirst().opening(), months.stream().flatMap(each -> each.movements().stream()).toList(), months.getLast().closing());
    }

    private static DataTable table(Scope scope, Dimension by, List<Segment> found, Whole whole) {
        List<Strand> strands = Arrays.stream(Strand.values()).filter(strand -> found.stream().anyMatch(each -> movements(each.movements(), strand) > 0)).toList();
        List<String> columns = new ArrayList<>(List.of(Words.of(by), translate("revenue.opened")));
        strands.forEach(strand -> columns.add(Words.of(strand)));
        columns.addAll(List.of(translate("revenue.closed"), translate("revenue.nrr.short"), translate("revenue.grr.short")));
        DataTable table = new DataTable(translate("revenue.by", Words.of(by), scope.currency().getCurrencyCode()), columns.toArray(String[]::new));
        found.forEach(each -> table.row(row(scope, by, each, strands)));
        List<Component> all = new ArrayList<>(List.of(new Span(translate("revenue.together.all")), new Text(Figures.money(whole.opening))));
        strands.forEach(strand -> all.add(new Anchor(
                scope.listed(scope.movements(strand.kinds())), Figures.signed(sum(whole.movements, strand, scope)))));
        all.addAll(List.of(new Text(Figures.money(whole.closing)), new Text(""), new Text("")));
        return table.row(all.toArray(Component[]::new)).figuresFrom(2);
    }

    private static Component[] row(Scope scope, Dimension by, Segment of, List<Strand> strands) {
        List<Component> cells = new ArrayList<>(List.of(new Anchor(address(scope, by, of, List.of()), SegmentText.of(by, of.key(), of.name(), scope.alone())), new Text(Figures.money(of.opening()))));
        for (Strand strand : strands) {
            cells.add(movements(of.movements(), strand) == 0 ? new Text("") : new Anchor(address(scope, by, of, strand.kinds()), Figures.signed(sum(of.movements(), strand, scope))));
        }
        cells.addAll(List.of(
                new Text(Figures.money(of.closing())), new Text(RetentionPanel.points(of.retention().netPoints())), new Text(RetentionPanel.points(of.retention().grossPoints()))));
        return cells.toArray(Component[]::new);
    }

    private static String address(Scope scope, Dimension by, Segment of, Collection<MovementKind> kinds) {
        return scope.listed(new MovementFilter(
                scope.alone(), scope.from(), scope.until(), Set.copyOf(kinds), null, null, null, null, new Slice(by, of.key(), scope.from())));
    }

    private static long movements(List<KindSum> of, Strand strand) {
        return within(of, strand).mapToLong(KindSum::movements).sum();
    }

    private static Money sum(List<KindSum> of, Strand strand, Scope scope) {
        return within(of, strand).map(KindSum::amount).reduce(Money.zero(scope.currency()), Money::plus);
    }

    private static Stream<KindSum> within(List<KindSum> of, Strand strand) {
        return of.stream().filter(each -> Strand.of(each.kind()) == strand);
    }

    private static Money sum(Stream<Money> of, Scope scope) {
        return of.reduce(Money.zero(scope.currency()), Money::plus);
    }
}
