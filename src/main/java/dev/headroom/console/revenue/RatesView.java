package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.money.Currencies;
import dev.headroom.reporting.ReportingRate;
import dev.headroom.reporting.ReportingRates;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What finance says that currencies are in another one: every entry, the newest first. */
@Route(RatesView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
@StyleSheet("plots.css")
class RatesView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = RevenueView.PATH + "/rates";

    /** As many as anybody looks through; the file and the page are the same. */
    private static final int MOST = 500;
    private static final List<String> COLUMNS = List.of("number", "currency", "in", "month", "rate", "correction", "set_by", "set_at");

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final ReportingRates rates;
    private final Div content = new Div();
    private QueryState state = QueryState.of(new Location(""));

    RatesView(SignedIn signedIn, RevenueReadings readings, ReportingRates rates) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.rates = rates;
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.rates"));
        content.addClassName("revenue");
        add(content);
    }

    static String address(Currency in) {
        return new Location(PATH, QueryParameters.simple(Map.of(Scope.IN, in.getCurrencyCode()))).getPathWithQueryParameters();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = QueryState.of(event.getLocation());
        show();
    }

    private void show() {
        Actor reader = signedIn.actor();
        Currency in = Scope.in(state).orElse(Currencies.supported().getFirst());
        List<ReportingRate> entries = rates.entries(reader, in, MOST, null);
        Button say = new Button(translate("revenue.rates.say"), click -> new RatesDialog(signedIn, rates, in, readings.month(signedIn.actor()), this::show).open());
        say.addThemeVariants(ButtonVariant.PRIMARY);
        actions(Csv.link(translate("csv.download"), "revenue-rates-" + in.getCurrencyCode(), COLUMNS, csv -> rates.entries(reader, in, MOST, null).forEach(each -> write(csv, each))), say);
        content.removeAll();
        content.add(others(in), new Paragraph(translate("revenue.rates.what")));
        content.add(entries.isEmpty()
                ? new EmptyState(translate("revenue.rates.none", in.getCurrencyCode()), translate("revenue.rates.none.why"))
                : new Section(translate("revenue.rates.in", in.getCurrencyCode()), table(in, entries, readings.settings(reader).zone())));
    }

    private static Nav others(Currency in) {
        Nav others = new Nav();
        others.setAriaLabel(translate("revenue.told.in"));
        others.addClassName("pages");
        Currencies.supported().forEach(each -> {
            Anchor link = new Anchor(address(each), translate("revenue.all.in", each.getCurrencyCode()));
            if (each.equals(in)) {
                link.getElement().setAttribute("aria-current", "page");
            }
            others.add(link);
        });
        return others;
    }

    private static DataTable table(Currency in, List<ReportingRate> entries, ZoneId zone) {
        DataTable table = new DataTable(
                translate("revenue.rates.in", in.getCurrencyCode()), translate("revenue.rates.from"), translate("revenue.currency"), translate("revenue.rate"),
                translate("revenue.rates.said"), translate("revenue.rates.correction"));
        entries.forEach(each -> table.row(
                When.monthText(each.month()), each.currency().getCurrencyCode(), RatesText.value(each), When.minuteText(each.setAt(), zone),
                Objects.requireNonNullElse(each.correction(), "")));
        return table;
    }

    private static void write(Csv csv, ReportingRate of) {
        csv.row(of.number(), of.currency(), of.in(), of.month(), of.rate().toPlainString(), of.correction(), of.setBy(), of.setAt());
    }
}
