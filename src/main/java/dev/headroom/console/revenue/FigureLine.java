package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.console.Figure;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Retention.Definition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The numbers of a range, each against those of as many months before, each leading to what it is made of. */
final class FigureLine extends Div {

    FigureLine(RevenueReading reading) {
        addClassName("figures-line");
        Scope scope = reading.scope();
        Retention now = reading.retention();
        Retention before = reading.previous();
        Figure net = new Figure(translate("revenue.nrr.over", scope.months()), RetentionPanel.points(now.netPoints()), compared(now.netPoints(), before.netPoints(), scope))
                .and(Words.of(scope.definition())).and(goal(now.netPoints()));
        Retention kept = reading.gross();
        Figure gross = new Figure(
                translate("revenue.grr.over", scope.months()), RetentionPanel.points(kept.grossPoints()), compared(kept.grossPoints(), reading.grossBefore().grossPoints(), scope))
                .and(Words.of(Definition.ACCOUNTS));
        madeOf(scope, now).ifPresent(net::leadingTo);
        keptOf(scope, kept).ifPresent(gross::leadingTo);
        if (scope.definition() == Definition.MOVEMENTS && now.grossPoints() != null) {
            gross.and(translate("revenue.grr.moved", RetentionPanel.points(now.grossPoints())));
            if (now.grossPoints() < 0) {
                gross.and(translate("revenue.grr.below"));
            }
        }
        add(
                net, gross,
                new Figure(
                        translate("revenue.mrr", scope.currency().getCurrencyCode()), Figures.money(reading.closing()),
                        translate("revenue.mrr.since", Figures.signed(reading.closing().minus(reading.opening()))))
                        .leadingTo(scope.paying(scope.last(), null)),
                new Figure(
                        translate("revenue.paying"), Figures.number(reading.months().getLast().closingAccounts()),
                        translate("revenue.paying.since", reading.months().getLast().closingAccounts() - reading.months().getFirst().openingAccounts()))
                        .leadingTo(scope.paying(scope.last(), null)));
    }

    /** What leads from the start to what is kept of it: movements, or the accounts one by one. */
    private static Optional<String> keptOf(Scope scope, Retention of) {
        if (of.grossPoints() == null) {
            return Optional.empty();
        }
        return Optional.of(switch (of.definition()) {
            case MOVEMENTS -> scope.listed(scope.retained(List.of(MovementKind.CONTRACTION, MovementKind.CHURN)));
            case ACCOUNTS -> scope.retained();
        });
    }

    /** What leads from the start to the end. By movements, who came back is in a list of their own, so that there is none that adds up where they count. */
    static Optional<String> madeOf(Scope scope, Retention of) {
        if (of.netPoints() != null && of.definition() == Definition.ACCOUNTS) {
            return Optional.of(scope.retained());
        }
        if (of.netPoints() == null || of.reactivation()) {
            return Optional.empty();
        }
        List<MovementKind> left = of.priceIncrease() ? List.of(MovementKind.REACTIVATION) : List.of(MovementKind.REACTIVATION, MovementKind.PRICE_INCREASE);
        return Optional.of(scope.listed(scope.retained(Arrays.stream(MovementKind.values()).filter(kind -> !left.contains(kind)).toList())));
    }

    private static String compared(@Nullable Long now, @Nullable Long before, Scope scope) {
        if (now == null) {
            return translate("revenue.nobody");
        }
        return before == null ? translate("revenue.nothing.before", scope.months()) : translate("revenue.compared", Figures.signedPoints(now - before), scope.months());
    }

    private static String goal(@Nullable Long points) {
        if (points == null || points < RetentionPanel.GOAL) {
            return translate("revenue.goal.missed");
        }
        return translate(points < RetentionPanel.HIGH_GOAL ? "revenue.goal.reached" : "revenue.goal.high");
    }
}
