package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportedRevenues.RetainedAtRates;
import dev.headroom.reporting.ReportingRates.Complete;
import dev.headroom.reporting.ReportingRates.ReportingRatesMissing;
import dev.headroom.reporting.ReportingRates.Standing;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;

/** Everybody who paid when a range began, and what became of it: what retention told account by account is the sum of. */
@Route(RetainedView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class RetainedView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = RevenueView.PATH + "/retained";

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final PayingLists lists;
    private final Paragraph which = new Paragraph();
    private final Paragraph sum = new Paragraph();
    private final RetainedGrid grid = new RetainedGrid();
    private final Div parts = new Div();
    private volatile List<Range> ranges = List.of();

    RetainedView(SignedIn signedIn, RevenueReadings readings, PayingLists lists) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.lists = lists;
        Actor reader = signedIn.actor();
        addClassName("filling");
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.retained"));
        sum.getElement().setAttribute("role", "status");
        Div list = new Div(which, sum, parts, grid);
        list.addClassName("list");
        add(list);
        actions(Csv.lines(translate("csv.download"), "revenue-retained", out -> {
            lists.writeRetained(reader, ranges, out);
        }));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryState state = QueryState.of(event.getLocation());
        Actor actor = signedIn.actor();
        Optional<Scope> scope = readings.scope(actor, state, readings.currencies(actor));
        ranges = List.of();
        parts.removeAll();
        scope.ifPresentOrElse(asked -> readings.standing(actor, asked).ifPresentOrElse(standing -> show(asked, standing), () -> show(new RatedScope(asked, null))), () -> {
            which.setText(translate("revenue.none"));
            grid.showNothing();
        });
    }

    private void show(Scope scope, Standing standing) {
        switch (standing) {
            case Complete(RateSet set) -> show(new RatedScope(scope, set));
            case ReportingRatesMissing missing -> {
                which.setText(RatesText.of(missing));
                sum.setText(translate("revenue.rates.missing.why"));
                grid.showNothing();
            }
        }
    }

    private void show(RatedScope asked) {
        Scope scope = asked.scope();
        RateSet rates = asked.rates();
        List<Range> wanted = (rates == null ? List.of(scope.currency()) : rates.currencies()).stream().map(in -> new Range(in, scope.from(), scope.until())).toList();
        ranges = wanted;
        String told = translate("revenue.retained.of", When.monthText(scope.from()), When.monthText(scope.last()), scope.currency().getCurrencyCode());
        which.setText(rates == null ? told : told + ". " + RatesText.of(rates));
        if (rates == null) {
            sum.setText(sum(lists.sum(signedIn.actor(), wanted.getFirst())));
        } else {
            RetainedAtRates found = lists.sum(signedIn.actor(), rates, scope.from(), scope.until());
            sum.setText(sum(found.sum()));
            parts.add(table(found));
        }
        grid.told(rates);
        grid.show((last, size) -> lists.retained(signedIn.actor(), wanted, last, size));
    }

    private static String sum(RetainedSum of) {
        return translate("revenue.retained.sum", of.accounts(), Figures.money(of.start()), Figures.money(of.end()), Figures.money(of.kept()));
    }

    /** What it is in each currency, and together. */
    private static DataTable table(RetainedAtRates found) {
        DataTable table = new DataTable(
                translate("revenue.retained.parts"), translate("revenue.currency"), translate("revenue.paying"), translate("revenue.start"), translate("revenue.end"), translate("revenue.kept"));
        found.parts().forEach(each -> table.row(row(each.start().currency().getCurrencyCode(), each)));
        return table.row(row(translate("revenue.parts.all"), found.sum())).figuresFrom(2);
    }

    private static String[] row(String name, RetainedSum of) {
        return new String[] {name, Figures.number(of.accounts()), Figures.money(of.start()), Figures.money(of.end()), Figures.money(of.kept())};
    }
}
