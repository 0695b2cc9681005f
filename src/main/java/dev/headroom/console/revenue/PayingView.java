package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.money.Currencies;
import dev.headroom.money.UnsupportedCurrencyException;
import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.PayingAccounts;
import jakarta.annotation.security.RolesAllowed;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The accounts that paid at the end of a month, who pays most first: what a balance, or a cohort's cell, is the sum of. */
@Route(PayingView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class PayingView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = RevenueView.PATH + "/accounts";

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final PayingLists lists;
    private final Span which = new Span();
    private final Div clear = new Div();
    private final PayingGrid grid = new PayingGrid();
    private volatile List<PayingAccounts.Filter> filters = List.of();

    PayingView(SignedIn signedIn, RevenueReadings readings, PayingLists lists) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.lists = lists;
        Actor reader = signedIn.actor();
        addClassName("filling");
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.accounts"));
        clear.addClassName("quiet");
        Div list = new Div(which, clear, grid);
        list.addClassName("list");
        add(list);
        actions(Csv.lines(translate("csv.download"), "revenue-accounts", out -> {
            lists.write(reader, filters, out);
        }));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryState state = QueryState.of(event.getLocation());
        List<Currency> currencies = readings.currencies(signedIn.actor());
        Optional<Currency> currency = state.get(Scope.CURRENCY).map(PayingView::parsed).orElseGet(() -> currencies.stream().findFirst());
        Optional<RateSet> rates = readings.rates(signedIn.actor(), state);
        YearMonth now = readings.month(signedIn.actor());
        filters = rates.map(RateSet::currencies).orElseGet(() -> currency.stream().toList()).stream().map(known -> PayingAddress.read(state, known, now)).toList();
        Map<String, String> telling = Stream.of(Scope.CURRENCY, Scope.IN, Scope.RATES).filter(name -> state.get(name).isPresent())
                .collect(Collectors.toMap(name -> name, name -> state.get(name).orElseThrow(), (one, _) -> one, TreeMap::new));
        grid.told(rates);
        show(filters, rates, telling);
    }

    private void show(List<PayingAccounts.Filter> wanted, Optional<RateSet> rates, Map<String, String> telling) {
        clear.removeAll();
        if (wanted.isEmpty()) {
            which.setText(translate("revenue.none"));
            grid.showNothing();
            return;
        }
        PayingAccounts.Filter any = wanted.getFirst();
        String told = translate("revenue.accounts.at", When.monthText(any.month()), rates.map(RateSet::in).orElse(any.currency()).getCurrencyCode());
        which.setText(rates.map(set -> told + " " + RatesText.of(set)).orElse(told));
        List<String> only = only(any);
        if (!only.isEmpty()) {
            PayingAccounts.Filter every = new PayingAccounts.Filter(any.currency(), any.month(), null);
            clear.add(new Span(String.join(" · ", only) + " · "), new Anchor(PayingAddress.of(telling, every), translate("revenue.accounts.every")));
        }
        grid.show((last, size) -> lists.after(signedIn.actor(), wanted, last, size));
    }

    private static List<String> only(PayingAccounts.Filter wanted) {
        List<String> only = new ArrayList<>();
        Optional.ofNullable(wanted.cohort()).ifPresent(month -> only.add(translate("revenue.only.cohort", When.monthText(month))));
        Optional.ofNullable(wanted.paying()).ifPresent(month -> only.add(translate("revenue.only.paying", When.monthText(month))));
        if (wanted.several()) {
            only.add(translate("revenue.only.several"));
        }
        return only;
    }

    static Optional<Currency> parsed(String code) {
        try {
            return Optional.of(Currencies.parse(code));
        } catch (UnsupportedCurrencyException unknown) {
            return Optional.empty();
        }
    }
}
