package dev.headroom.console.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.console.Figure;
import dev.headroom.console.Figures;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The few numbers that somebody looks at first, each with what became of it since the month began. */
final class FigurePanel extends Div {

    FigurePanel(Standing standing, int waiting) {
        addClassName("figures-line");
        for (RevenueMonth each : standing.months()) {
            String code = each.opening().currency().getCurrencyCode();
            add(new Figure(
                    translate("overview.mrr", code), Figures.money(each.closing()), translate("overview.mrr.since", Figures.signed(Standing.difference(each))))
                    .leadingTo("revenue?currency=" + code));
            add(new Figure(
                    translate("overview.gained", code), Figures.signed(Standing.gained(each)),
                    translate("overview.lost", Figures.money(Standing.difference(each).minus(Standing.gained(each)))))
                    .leadingTo("revenue/movements?currency=%s&from=%s&until=%s&kinds=%s".formatted(code, each.month(), each.month().plusMonths(1), gains())));
        }
        add(
                new Figure(translate("overview.running"), Figures.number(standing.running())),
                new Figure(translate("overview.waiting"), Figures.number(waiting), translate("overview.waiting.what")));
    }

    private static String gains() {
        return Arrays.stream(MovementKind.values()).filter(kind -> kind != MovementKind.CONTRACTION && kind != MovementKind.CHURN).map(Enum::name).collect(Collectors.joining(","));
    }
}
