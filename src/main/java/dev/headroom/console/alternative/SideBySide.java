package dev.headroom.console.alternative;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.Feature;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.alternative.Comparison.Option;
import dev.headroom.console.change.CaseText;
import dev.headroom.console.change.RefusalText;
import dev.headroom.console.change.TermsText;
import dev.headroom.money.Money;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.quote.Alternative.ExpectedCost;
import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;
import dev.headroom.time.Interval;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What it is and what it could be, in columns: price, what is due, whether it holds what is expected, what is gained and lost, what it is worth. */
final class SideBySide {

    static final String NOTHING = "–";
    private static final int MONTHS = 12;

    private final Comparison comparison;
    private final ZoneId zone;
    private final DataTable table;

    private SideBySide(Comparison comparison) {
        this.comparison = comparison;
        this.zone = comparison.account().zone();
        List<Component> heads = new ArrayList<>(List.of(new Text(translate("alternative.what")), stay()));
        comparison.options().forEach(option -> heads.add(head(option)));
        List<String> labels = new ArrayList<>(List.of(translate("alternative.what"), translate("alternative.staying")));
        comparison.options().forEach(option -> labels.add(option.candidate().name(comparison.catalog())));
        this.table = new DataTable(translate("alternative.table", comparison.plan()), heads, labels);
        table.addClassNames("matrix", "side-by-side");
    }

    /** @param acts what can be done with one of them */
    static DataTable of(Comparison comparison, Function<Option, Component> acts) {
        SideBySide side = new SideBySide(comparison);
        side.prices();
        side.uses();
        side.worth();
        side.row(translate("alternative.acts"), new Text(""), acts);
        return side.table;
    }

    private Component stay() {
        Span terms = new Span(TermsText.of(comparison.subscription().terms(), comparison.catalog()));
        terms.addClassName("quiet");
        return stacked(new Span(translate("alternative.staying")), terms);
    }

    private Component head(Option option) {
        Div head = stacked(new Span(option.candidate().name(comparison.catalog())));
        if (option.alternative().recommended()) {
            Badge badge = new Badge(translate("alternative.recommended"));
            badge.addThemeVariants(BadgeVariant.SUCCESS);
            head.add(badge);
        }
        return marked(option, head);
    }

    private void prices() {
        Interval now = comparison.subscription().interval();
        Money total = comparison.subscription().recurringTotal(comparison.catalog());
        row(translate("quote.recurring"), new Text(each(total, now)), this::recurring);
        row(translate("quote.due"), new Text(NOTHING), option -> quoted(option, this::due));
        row(translate("alternative.year"), comparison.advice().map(advice -> year(advice.staying())).orElseGet(() -> new Text(NOTHING)),
                option -> Optional.ofNullable(option.alternative().cost()).map(SideBySide::year).orElseGet(() -> new Text(NOTHING)));
    }

    private Component recurring(Option option) {
        ShownQuote shown = option.shown();
        if (shown == null) {
            return quiet(RefusalText.of(option.alternative().quote(), zone));
        }
        Recurring after = shown.after();
        Money more = after.mrr().minus(shown.before().mrr());
        return stacked(
                new Span(each(after.total(), after.interval() == null ? option.candidate().interval() : after.interval())),
                quiet(translate("alternative.mrr", Figures.signed(more))));
    }

    private static String each(Money total, Interval interval) {
        return translate("quote.recurring.each", Figures.money(total), Words.of(interval));
    }

    private Component due(Quote quote) {
        return stacked(new Span(Figures.money(quote.dueNow())), quiet(switch (quote.when()) {
            case NOW -> translate("alternative.now");
            case PERIOD_END, AT_DATE -> translate("alternative.later", When.dayText(quote.effectiveAt(), zone));
        }));
    }

    private static Component year(ExpectedCost cost) {
        Money overage = cost.overage().times(MONTHS / cost.interval().months());
        Div year = stacked(new Span(Figures.money(cost.year())));
        if (!overage.isZero()) {
            year.add(quiet(translate("alternative.overage", Figures.money(overage))));
        }
        return year;
    }

    private void uses() {
        row(translate("alternative.fits"), comparison.advice().map(advice -> fits(AdviceNotice.misfits(advice.stay(), zone))).orElseGet(() -> new Text(NOTHING)),
                option -> Optional.ofNullable(option.alternative().fit()).map(fit -> fits(AdviceNotice.misfits(fit, zone))).orElseGet(() -> new Text(NOTHING)));
        FeatureRows rows = new FeatureRows(comparison);
        for (Feature feature : rows.features()) {
            row(feature.name(), rows.staying(feature), option -> rows.cell(option, feature));
        }
        if (any(shown -> !shown.violations().isEmpty())) {
            row(translate("alternative.violations"), new Text(NOTHING), option -> lines(violations(option)));
        }
    }

    private static Component fits(List<String> misfits) {
        Span word = new Span(translate(misfits.isEmpty() ? "alternative.fits.yes" : "alternative.fits.no"));
        word.addClassNames("tag", misfits.isEmpty() ? "gained" : "lost");
        Div cell = stacked(word);
        misfits.forEach(line -> cell.add(quiet(line)));
        return cell;
    }

    private List<String> violations(Option option) {
        return Optional.ofNullable(option.shown()).stream().flatMap(shown -> shown.violations().stream())
                .map(each -> translate(
                        "alternative.violation", comparison.catalog().feature(each.feature()).name(), Figures.number(each.used()), Figures.number(each.included())))
                .toList();
    }

    private boolean any(Predicate<ShownQuote> of) {
        return comparison.options().stream().flatMap(option -> Stream.ofNullable(option.shown())).anyMatch(of);
    }

    private void worth() {
        if (comparison.options().stream().anyMatch(option -> option.worth() != null)) {
            row(translate("case.title"), new Text(NOTHING), option -> lines(Optional.ofNullable(option.worth()).map(worth -> CaseText.of(worth, zone)).orElse(List.of())));
        }
        if (comparison.options().stream().anyMatch(option -> !option.breakEvens().isEmpty())) {
            row(translate("alternative.break.even"), new Text(NOTHING), option -> quoted(
                    option, quote -> lines(option.breakEvens().stream().map(each -> CaseText.of(each, quote)).toList())));
        }
    }

    private static Component lines(List<String> lines) {
        if (lines.isEmpty()) {
            return new Text(NOTHING);
        }
        Div cell = stacked();
        lines.forEach(line -> cell.add(quiet(line)));
        return cell;
    }

    private static Component quoted(Option option, Function<Quote, Component> cell) {
        return option.quote().map(cell).orElseGet(() -> new Text(NOTHING));
    }

    private void row(String label, Component staying, Function<Option, Component> cell) {
        table.row(Stream.concat(
                Stream.of(new Text(label), staying), comparison.options().stream().map(option -> marked(option, cell.apply(option)))).toArray(Component[]::new));
    }

    /** Whose column is to be seen as one. */
    private static Component marked(Option option, Component content) {
        if (!option.alternative().recommended()) {
            return content;
        }
        Div marked = new Div(content);
        marked.addClassName("recommended");
        return marked;
    }

    private static Div stacked(Component... parts) {
        Div stacked = new Div(parts);
        stacked.addClassName("stacked");
        return stacked;
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassName("quiet");
        return quiet;
    }
}
