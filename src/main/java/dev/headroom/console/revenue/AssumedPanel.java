package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.projection.Assumptions;
import dev.headroom.projection.Assumptions.PriceRise;
import dev.headroom.projection.Flow;
import dev.headroom.projection.Projection;
import dev.headroom.revenue.MovementFilter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;

/** Everything that the months to come are taken to be, in sentences with their numbers. */
final class AssumedPanel extends Div {

    AssumedPanel(Scope scope, Projection of) {
        UnorderedList sentences = new UnorderedList();
        sentences.add(new ListItem(new Anchor(looked(scope, of), translate(
                "course.from", When.monthText(first(of)), When.monthText(next(of).minusMonths(1)), of.observed()))));
        for (Flow flow : Flow.values()) {
            sentences.add(new ListItem(sentence(of, flow)));
        }
        Optional.ofNullable(of.assumptions().priceRise()).ifPresent(rise -> sentences.add(new ListItem(sentence(of, rise))));
        add(sentences);
    }

    private static YearMonth first(Projection of) {
        return of.closed().getFirst().month();
    }

    private static YearMonth next(Projection of) {
        return of.closed().getLast().month().plusMonths(1);
    }

    /** All that moved in the closed months. */
    private static String looked(Scope scope, Projection of) {
        return scope.listed(new MovementFilter(scope.alone(), first(of), next(of), Set.of(), null, null, null, null));
    }

    private static String sentence(Projection of, Flow flow) {
        String assumed = percent(of.assumed().get(flow));
        String change = change(of.assumptions(), flow);
        return change.isEmpty() ? translate("course.same", Words.of(flow), assumed) : translate("course.changed", Words.of(flow), assumed, percent(of.base().get(flow)), change);
    }

    /** Empty for what is as it was. */
    private static String change(Assumptions by, Flow flow) {
        return switch (flow) {
            case CHURN -> by.churnPoints() == 0 ? "" : translate("course.by.points", Figures.signedPoints(by.churnPoints()));
            case CONTRACTION -> times(by.contractionPercent());
            case EXPANSION -> times(by.expansionPercent());
            case NEW_BUSINESS -> times(by.newBusinessPercent());
            case PRICE_INCREASE, REACTIVATION -> "";
        };
    }

    private static String times(int percent) {
        return percent == Assumptions.USUAL_PERCENT ? "" : translate("course.by.percent", Figures.percent(percent));
    }

    private static String sentence(Projection of, PriceRise rise) {
        String month = When.monthText(next(of).plusMonths(rise.month() - 1L));
        return rise.lossPoints() == 0
                ? translate("course.rises.kept", Figures.points(rise.points()), month)
                : translate("course.rises", Figures.points(rise.points()), month, Figures.points(rise.lossPoints()));
    }

    /** A share of what a month opens with, however it moves that. */
    private static String percent(BigDecimal share) {
        return Figures.points(share.abs().movePointRight(4).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }
}
