package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportedRevenues.Together;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementPages.Total;
import dev.headroom.revenue.Segments.Slice;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The movements that a figure is made of, and what they add up to; as many of them as the address asks for. */
@Route(MovementsView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class MovementsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = RevenueView.PATH + "/movements";

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final MovementLists lists;
    private final Div bar = new Div();
    private final Paragraph sum = new Paragraph();
    private final Div parts = new Div();
    private final Div pinned = new Div();
    private final MovementGrid grid;
    private volatile @Nullable MovementFilter filter;

    MovementsView(SignedIn signedIn, RevenueReadings readings, MovementLists lists) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.lists = lists;
        Actor reader = signedIn.actor();
        this.grid = new MovementGrid(lists.zone(reader));
        addClassName("filling");
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.movements"));
        pinned.addClassName("quiet");
        sum.getElement().setAttribute("role", "status");
        Div list = new Div(bar, pinned, sum, parts, grid);
        list.addClassName("list");
        add(list);
        actions(lists.file(reader, "revenue-movements", () -> Optional.ofNullable(filter)));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryState state = QueryState.of(event.getLocation());
        bar.removeAll();
        bar.add(new MovementFilters(readings.currencies(signedIn.actor()), readings.month(signedIn.actor()), state, this::show));
        show(state);
    }

    private void show(QueryState state) {
        Optional<MovementFilter> wanted = MovementAddress.read(state).filter(lists::isOfWhatThereIs);
        filter = wanted.orElse(null);
        Optional<RateSet> rates = readings.rates(signedIn.actor(), state);
        grid.told(rates);
        parts.removeAll();
        wanted.ifPresentOrElse(known -> show(known, rates), () -> {
            sum.setText(translate("revenue.range.none"));
            pinned.setVisible(false);
            grid.showNothing();
        });
    }

    private void show(MovementFilter wanted, Optional<RateSet> rates) {
        Actor actor = signedIn.actor();
        pinned.removeAll();
        List<String> only = only(actor, wanted);
        pinned.setVisible(!only.isEmpty());
        pinned.add(new Span(String.join(" · ", only) + " · "), new Anchor(PATH, translate("revenue.pinned.clear")));
        if (rates.isPresent()) {
            Together total = lists.together(actor, rates.get(), wanted);
            sum.setText(sum(total.movements(), total.amount(), total.use()));
            parts.add(new TogetherPanel(total, rates.get()));
        } else if (wanted.currency() == null) {
            sum.setText(translate("revenue.sum.none"));
        } else {
            Total total = lists.total(actor, wanted);
            sum.setText(sum(total.movements(), total.amount(), total.use()));
        }
        grid.show((last, size) -> lists.after(signedIn.actor(), wanted, last, size));
    }

    /** What they come to, and where any of it is use past limits, also without that: retention may count either. */
    private static String sum(long movements, Money amount, Money use) {
        String all = translate("revenue.sum", movements, Figures.signed(amount));
        return use.isZero() ? all : all + " " + translate("revenue.sum.use", Figures.signed(use), Figures.signed(amount.minus(use)));
    }

    /** What is only linked to, and has no field. */
    private List<String> only(Actor actor, MovementFilter wanted) {
        List<String> only = new ArrayList<>();
        Optional.ofNullable(wanted.account()).ifPresent(id -> only.add(translate("revenue.only.account", lists.account(actor, id).map(Account::name).orElse(id.toString()))));
        Optional.ofNullable(wanted.cohort()).ifPresent(month -> only.add(translate("revenue.only.cohort", When.monthText(month))));
        Optional.ofNullable(wanted.paying()).ifPresent(month -> only.add(translate("revenue.only.paying", When.monthText(month))));
        Optional.ofNullable(wanted.returned()).ifPresent(month -> only.add(translate("revenue.only.returned", When.monthText(month))));
        if (wanted.first()) {
            only.add(translate("revenue.only.first"));
        }
        Optional.ofNullable(wanted.slice()).ifPresent(slice -> only.add(segment(slice, wanted.currency())));
        return only;
    }

    /** Sizes are amounts, which say nothing without their currency. */
    private static String segment(Slice slice, @Nullable Currency currency) {
        String name = currency == null ? slice.key() : SegmentText.of(slice.by(), slice.key(), slice.key(), currency);
        return translate("revenue.only.segment", Words.of(slice.by()), name, When.monthText(slice.from()));
    }
}
