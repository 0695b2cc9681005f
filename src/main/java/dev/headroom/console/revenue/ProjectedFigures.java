package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.console.Figure;
import dev.headroom.console.Figures;
import dev.headroom.money.Money;
import dev.headroom.projection.Projection;
import dev.headroom.projection.Projection.ProjectedMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where twelve months lead to, between what, and how that differs from months as they were. */
final class ProjectedFigures extends Div {

    ProjectedFigures(Projection of, Projection asItWas) {
        addClassName("figures-line");
        getElement().setAttribute("role", "status");
        ProjectedMonth last = of.months().getLast();
        String code = last.closing().currency().getCurrencyCode();
        Figure mrr = new Figure(translate("course.mrr", code), Figures.money(last.closing()), between(last.low(), last.high()));
        if (of != asItWas) {
            end(asItWas).ifPresent(was -> mrr.and(translate("course.compared", Figures.signed(last.closing().minus(was)))));
        }
        add(
                mrr, new Figure(translate("course.arr", code), Figures.money(last.arr()), between(year(last.low()), year(last.high()))),
                new Figure(translate("course.nrr"), RetentionPanel.points(of.netPoints()), net(of)));
    }

    private static Optional<Money> end(Projection of) {
        return of.months().isEmpty() ? Optional.empty() : Optional.of(of.months().getLast().closing());
    }

    private static String between(@Nullable Money low, @Nullable Money high) {
        return low == null || high == null ? translate("course.between.none") : translate("course.between", Figures.money(low), Figures.money(high));
    }

    private static String net(Projection of) {
        Long low = of.netLowPoints();
        Long high = of.netHighPoints();
        return low == null || high == null ? translate("course.between.none") : translate("course.between", Figures.points(low), Figures.points(high));
    }

    private static @Nullable Money year(@Nullable Money month) {
        return month == null ? null : ProjectedMonth.year(month);
    }
}
