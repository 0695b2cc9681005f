package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.Figures;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Price;
import dev.headroom.pricing.Rating;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one costs on average at the end of each tier, as steps with their numbers; nothing where every one costs the same. */
@StyleSheet("tiers.css")
final class TierChart extends Div {

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    /** Of minor units, for people. */
    private static final int DECIMALS = 2;

    private record Step(long quantity, UnitPrice each) {

        static Step of(Price price, long quantity) {
            BigDecimal average = price.rate(quantity).exact().divide(BigDecimal.valueOf(quantity), DECIMALS, RoundingMode.HALF_UP);
            return new Step(quantity, new UnitPrice(average, price.currency()));
        }

        String text() {
            return translate("price.steps.step", Figures.number(quantity), Figures.unitPrice(each));
        }
    }

    TierChart(Price price) {
        addClassName("tier-steps");
        List<Step> steps = ends(price.model()).distinct().map(quantity -> Step.of(price, quantity)).toList();
        setVisible(!steps.isEmpty());
        BigDecimal most = steps.stream().map(step -> step.each().minor()).max(BigDecimal::compareTo).orElse(BigDecimal.ONE);
        steps.forEach(step -> add(column(step, most)));
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", translate("price.steps", steps.stream().map(Step::text).collect(Collectors.joining("; "))));
    }

    /** The first one, the last of each tier, and of the tier without an end one as far again. */
    private static Stream<Long> ends(ChargeModel model) {
        return switch (model) {
            case ChargeModel.Flat _, ChargeModel.PerSeat _, ChargeModel.Packaged _ -> Stream.empty();
            case ChargeModel.Volume volume -> ends(volume.tiers());
            case ChargeModel.Graduated graduated -> ends(graduated.tiers());
        };
    }

    private static Stream<Long> ends(List<Tier> tiers) {
        List<Long> ends = tiers.stream().map(Tier::upTo).filter(Objects::nonNull).toList();
        long further = ends.isEmpty() ? 1 : Math.min(Rating.MOST_UNITS, ends.getLast() * 2);
        return Stream.of(Stream.of(1L), ends.stream(), Stream.of(further)).flatMap(each -> each);
    }

    private static Div column(Step step, BigDecimal most) {
        Div bar = new Div();
        bar.addClassName("tier-bar");
        BigDecimal height = most.signum() == 0 ? BigDecimal.ZERO : step.each().minor().multiply(WHOLE).divide(most, DECIMALS, RoundingMode.HALF_UP);
        bar.getStyle().set("height", height.toPlainString() + "%");
        Div room = new Div(bar);
        room.addClassName("tier-room");
        return new Div(new Span(Figures.unitPrice(step.each())), room, new Span(Figures.number(step.quantity())));
    }
}
