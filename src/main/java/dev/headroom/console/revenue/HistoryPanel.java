package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.actor.Permission;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Watch;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.history.HistoryFiles;
import dev.headroom.history.HistoryFiles.BringHistory;
import dev.headroom.history.HistoryMistake;
import dev.headroom.history.HistoryReports;
import dev.headroom.history.HistoryReports.CurrencyReport;
import dev.headroom.history.HistoryReports.MonthWith;
import dev.headroom.history.HistoryRun;
import dev.headroom.history.HistoryRun.Counts;
import dev.headroom.history.HistoryRun.Failure;
import dev.headroom.history.HistoryRun.Source;
import dev.headroom.history.HistoryRun.State;
import dev.headroom.history.HistoryRuns;
import dev.headroom.history.HistoryRuns.OfHistory;
import dev.headroom.id.Ids;
import dev.headroom.revenue.RevenueMonth.KindSum;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report of one history: what it comes to, what it does to the figures, and what of it stays out. */
final class HistoryPanel extends Div {

    private static final int LOOK_MILLIS = 1_000;
    private static final int SHOWN = 50;
    private static final Set<State> DISCARDABLE = EnumSet.of(State.OPEN, State.SUBSCRIPTIONS, State.INVOICES, State.LOOKED_AT, State.FAILED);

    private final SignedIn signedIn;
    private final HistoryFiles files;
    private final HistoryRuns runs;
    private final HistoryReports reports;
    private final HistoryRun run;
    private final Consumer<HistoryRun> wentOn;
    private final Paragraph said = new Paragraph();
    private final Section report;
    private Facts counted = new Facts();

    /** @param wentOn told how far it has come, whether that is another state or not */
    HistoryPanel(SignedIn signedIn, HistoryFiles files, HistoryRuns runs, HistoryReports reports, InstantSource clock, HistoryRun run, Consumer<HistoryRun> wentOn) {
        this.signedIn = signedIn;
        this.files = files;
        this.runs = runs;
        this.reports = reports;
        this.run = run;
        this.wentOn = wentOn;
        said.getElement().setAttribute("role", "status");
        report = new Section(translate("past.report", name(run)), said, counted, acts());
        tell(run);
        add(report);
        if (run.state().working()) {
            Watch.over(this, LOOK_MILLIS, clock, this::look);
        } else if (run.state() != State.OPEN && run.state() != State.DISCARDED) {
            reports.currencies(signedIn.actor(), run).forEach(each -> add(figures(each), months(each)));
            add(mistakes());
        }
    }

    /** Only what is told changes, and nothing that anybody could stand on. */
    private void look() {
        HistoryRun now = files.byId(signedIn.actor(), run.id().toString());
        if (now.state() == run.state()) {
            tell(now);
        }
        wentOn.accept(now);
    }

    private void tell(HistoryRun now) {
        said.setText(said(now));
        Facts latest = counts(now.counts());
        report.replace(counted, latest);
        counted = latest;
    }

    static String name(HistoryRun run) {
        return switch (run.source()) {
            case FILE -> run.name();
            case STRIPE -> translate("past.stripe.name");
        };
    }

    static String said(HistoryRun run) {
        return switch (run.state()) {
            case OPEN -> translate("past.state.open");
            case SUBSCRIPTIONS -> translate("past.state.subscriptions", run.fetched());
            case INVOICES -> translate("past.state.invoices", run.fetched());
            case READING -> translate("past.state.reading");
            case LOOKING -> translate("past.state.looking");
            case LOOKED_AT -> translate("past.state.looked");
            case BRINGING -> translate("past.state.bringing");
            case BROUGHT -> translate("past.state.brought");
            case FAILED -> translate("past.state.failed", Optional.ofNullable(run.failure()).map(Failure::reason).orElse(""));
            case DISCARDED -> translate("past.state.discarded");
        };
    }

    static String number(int number) {
        return Figures.number(number);
    }

    private static Facts counts(Counts counts) {
        return new Facts()
                .with(translate("past.lines"), number(counts.lines())).with(translate("past.wrong"), number(counts.wrong())).with(translate("past.accounts"), number(counts.accounts()))
                .with(translate("past.placed"), number(counts.placed())).with(translate("past.fresh"), number(counts.fresh())).with(translate("past.known"), number(counts.known()))
                .with(translate("past.refused"), number(counts.refused())).with(translate("past.movements"), number(counts.movements()));
    }

    private Component acts() {
        Div acts = new Div();
        acts.addClassName("acts");
        boolean may = run.broughtBy() == null || signedIn.may(Permission.ADMIN);
        if (run.state() == State.LOOKED_AT) {
            acts.add(bring());
        }
        if (run.state() == State.FAILED && may) {
            Button again = new Button(translate("past.retry"), click -> confirm("past.retry", "past.retry.meaning", () -> runs.retry(signedIn.actor(), new OfHistory(run.id().toString()))).open());
            again.addThemeVariants(ButtonVariant.PRIMARY);
            acts.add(again);
        }
        if (DISCARDABLE.contains(run.state()) && may) {
            acts.add(new Button(translate("past.discard"), click -> confirm(
                    "past.discard", run.broughtBy() == null ? "past.discard.meaning" : "past.discard.rest", () -> runs.discard(signedIn.actor(), new OfHistory(run.id().toString()))).open()));
        }
        return acts;
    }

    private FormDialog confirm(String does, String meaning, Supplier<HistoryRun> act) {
        return new FormDialog(translate(does), translate(does), () -> wentOn.accept(act.get()), new Paragraph(translate(meaning)));
    }

    private Component bring() {
        Counts counts = run.counts();
        if (counts.placed() == 0) {
            return new Paragraph(translate("past.nothing"));
        }
        if (!signedIn.may(Permission.ADMIN)) {
            return new Paragraph(translate("past.owner"));
        }
        String does = translate("past.bring", counts.placed(), counts.movements());
        Button bring = new Button(does, click -> confirm(does).open());
        bring.addThemeVariants(ButtonVariant.PRIMARY);
        return bring;
    }

    private FormDialog confirm(String does) {
        String key = Ids.next().toString();
        return new FormDialog(translate("past.bring.title"), does, () -> {
            wentOn.accept(files.bring(signedIn.actor(), new BringHistory(key, run.id().toString())));
        }, new Paragraph(translate("past.bring.meaning", run.counts().fresh(), run.counts().refused())));
    }

    private static Section figures(CurrencyReport of) {
        DataTable table = new DataTable(translate("past.figures"), translate("past.figure"), translate("past.without"), translate("past.with"));
        table.row(translate("past.start"), Figures.money(of.without().start()), Figures.money(of.with().start()));
        table.row(translate("revenue.nrr"), points(of.without().netPoints()), points(of.with().netPoints()));
        table.row(translate("revenue.grr"), points(of.without().grossPoints()), points(of.with().grossPoints())).figuresFrom(2);
        return new Section(translate("past.figures.in", of.currency().getCurrencyCode()), table);
    }

    private static Section months(CurrencyReport of) {
        String title = translate("past.months", of.currency().getCurrencyCode());
        DataTable table = new DataTable(title, translate("revenue.month"), translate("past.movements"), translate("past.without"), translate("past.with")).figuresFrom(3);
        List<MonthWith> all = of.months();
        all.stream().filter(each -> !each.movements().isEmpty() || each.equals(all.getLast())).forEach(each -> table.row(
                When.monthText(each.month()), each.movements().stream().map(HistoryPanel::moved).collect(Collectors.joining(", ")), Figures.money(each.without()), Figures.money(each.with())));
        return new Section(title, table);
    }

    private static String points(@Nullable Long points) {
        return RetentionPanel.points(points);
    }

    private static String moved(KindSum sum) {
        return translate("past.moved", Words.of(sum.kind()), Figures.signed(sum.amount()), sum.movements());
    }

    private Component mistakes() {
        List<HistoryMistake> found = reports.mistakes(signedIn.actor(), run, null, SHOWN + 1);
        if (found.isEmpty()) {
            return new Div();
        }
        String column = translate(run.source() == Source.FILE ? "past.column" : "past.subscription");
        DataTable table = new DataTable(translate("past.mistakes"), translate("past.line"), column, translate("past.account"), translate("past.problem"));
        found.stream().limit(SHOWN).forEach(each -> {
            Div said = new Div(new Span(Words.of(each.problem())), new Span(Optional.ofNullable(each.expected()).orElse("")));
            Optional.ofNullable(each.value()).filter(value -> !value.isEmpty()).ifPresent(value -> said.add(new Code(value)));
            said.addClassName("stacked");
            table.row(new Text(String.valueOf(each.line())), new Text(Optional.ofNullable(each.column()).orElse("–")), new Text(Optional.ofNullable(each.account()).orElse("–")), said);
        });
        Section section = new Section(translate("past.mistakes"), Csv.lines(translate("csv.download"), "revenue-history-mistakes", out -> reports.write(signedIn.actor(), run, out)), table);
        if (found.size() > SHOWN) {
            section.add(new Paragraph(translate("past.mistakes.more", SHOWN)));
        }
        return section;
    }
}
