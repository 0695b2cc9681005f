package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import jakarta.annotation.security.RolesAllowed;

/** One page for the board: the figures of a range, how they came about, and by which definition and settings, as of when. */
@Route(ReportView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class ReportView extends RevenuePage {

    static final String PATH = RevenueView.PATH + "/report";

    private final SignedIn signedIn;
    private final RevenueReadings readings;

    ReportView(SignedIn signedIn, RevenueReadings readings) {
        super(signedIn, readings);
        this.signedIn = signedIn;
        this.readings = readings;
        addClassName("report");
        above(translate("revenue.title"), RevenueView.class);
        title(translate("revenue.report"));
    }

    @Override
    String path() {
        return PATH;
    }

    @Override
    void fill(RatedScope asked, Div content) {
        Scope scope = asked.scope();
        Button print = new Button(translate("revenue.print"), click -> UI.getCurrent().getPage().executeJs("window.print()"));
        print.addThemeVariants(ButtonVariant.PRIMARY);
        actions(print);
        RevenueReading reading = readings.of(signedIn.actor(), asked);
        String code = scope.currency().getCurrencyCode();
        Paragraph asOf = new Paragraph(translate(
                "revenue.report.of", When.monthText(scope.from()), When.monthText(scope.last()), code, Words.of(scope.definition()),
                When.minuteText(readings.now(), reading.settings().zone()), reading.settings().zone().getId()));
        content.add(asOf);
        if (reading.empty()) {
            content.add(new EmptyState(translate("revenue.none.here"), translate("revenue.none.here.why")));
            return;
        }
        OpenMonthNote.of(reading).ifPresent(content::add);
        content.add(
                new FigureLine(reading), new Section(translate("revenue.waterfall", code), new WaterfallPanel(reading)),
                new Section(translate("revenue.by.month"), RetentionPanel.picture(reading)), new Section(translate("revenue.how"), new DefinitionPanel(reading)));
    }
}
