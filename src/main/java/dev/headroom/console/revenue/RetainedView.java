package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private volatile @Nullable Range range;

    RetainedView(SignedIn signedIn, RevenueReadings readings, PayingLists lists) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.lists = lists;
        Actor reader = signedIn.actor();
        addClassName("filling");
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.retained"));
        sum.getElement().setAttribute("role", "status");
        Div list = new Div(which, sum, grid);
        list.addClassName("list");
        add(list);
        actions(Csv.lines(translate("csv.download"), "revenue-retained", out -> {
            Range wanted = range;
            if (wanted != null) {
                lists.writeRetained(reader, wanted, out);
            }
        }));
    }

    static String address(Scope scope) {
        return new Location(PATH, QueryParameters.simple(Map.of(
                Scope.CURRENCY, scope.currency().getCurrencyCode(), Scope.FROM, scope.from().toString(), Scope.UNTIL, scope.until().toString()))).getPathWithQueryParameters();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<Scope> scope = readings.scope(signedIn.actor(), QueryState.of(event.getLocation())).map(asked -> asked.alone(readings.currencies(signedIn.actor())));
        range = scope.map(each -> new Range(each.currency(), each.from(), each.until())).orElse(null);
        scope.ifPresentOrElse(this::show, () -> {
            which.setText(translate("revenue.none"));
            grid.showNothing();
        });
    }

    private void show(Scope scope) {
        Range wanted = new Range(scope.currency(), scope.from(), scope.until());
        RetainedSum found = lists.sum(signedIn.actor(), wanted);
        which.setText(translate("revenue.retained.of", When.monthText(scope.from()), When.monthText(scope.last()), scope.currency().getCurrencyCode()));
        sum.setText(translate("revenue.retained.sum", found.accounts(), Figures.money(found.start()), Figures.money(found.end()), Figures.money(found.kept())));
        grid.show((last, size) -> lists.retained(signedIn.actor(), wanted, last, size));
    }
}
