package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.revenue.SettingsVersions;
import jakarta.annotation.security.RolesAllowed;

/** What recurring revenue became over a range, why, and how much of it stays: every number leads to what adds up to it. */
@Route(RevenueView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class RevenueView extends RevenuePage {

    static final String PATH = "revenue";

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final SettingsVersions settings;

    RevenueView(SignedIn signedIn, RevenueReadings readings, SettingsVersions settings) {
        super(signedIn, readings);
        this.signedIn = signedIn;
        this.readings = readings;
        this.settings = settings;
        title(translate("revenue.title"));
        actions(setting());
    }

    private Button setting() {
        return new Button(translate("revenue.settings"), click -> new SettingsDialog(signedIn, settings, this::show).open());
    }

    @Override
    String path() {
        return PATH;
    }

    @Override
    void fill(RatedScope asked, Div content) {
        Scope scope = asked.scope();
        RevenueReading reading = readings.of(signedIn.actor(), asked);
        Anchor file = Csv.lines(translate("csv.download"), "revenue", out -> MonthLines.write(reading, out));
        actions(file, setting());
        if (reading.empty()) {
            content.add(new EmptyState(translate("revenue.none.here"), translate("revenue.none.here.why")));
            return;
        }
        Details how = new Details(DefinitionPanel.sentence(scope.definition()), new DefinitionPanel(reading));
        how.addClassName("how");
        String code = scope.currency().getCurrencyCode();
        OpenMonthNote.leading(reading).ifPresent(content::add);
        content.add(
                new FigureLine(reading), how, new CountsPanel(), new Section(translate("revenue.waterfall", code), new WaterfallPanel(reading)),
                new Section(translate("revenue.months", code), new MonthsPanel(reading)), new Section(translate("revenue.by.month"), new RetentionPanel(reading)),
                new Section(translate("revenue.happened"), new HappeningPanel(reading)));
    }
}
