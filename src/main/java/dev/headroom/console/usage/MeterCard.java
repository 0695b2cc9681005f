package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.pricing.Rating;
import dev.headroom.reading.ProjectionResult;
import dev.headroom.reading.ProjectionResult.NotEnoughData;
import dev.headroom.reading.ProjectionResult.Projection;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of something countable is used: the numbers in words, a bar for the eye, and, where that is wanted, where it is heading.
 */
@StyleSheet("meters.css")
public final class MeterCard extends Div {

    private final Entitlement entitlement;
    private final ZoneId zone;

    public MeterCard(Entitlement entitlement, ZoneId zone) {
        this.entitlement = entitlement;
        this.zone = zone;
        addClassNames("meter", level(entitlement));
        Div head = new Div(new H3(entitlement.feature().name()), Status.of(entitlement.state()));
        head.addClassName("meter-head");
        Span numbers = new Span(numbers(entitlement));
        numbers.addClassName("meter-numbers");
        add(head, numbers);
        if (entitlement.limit() != null) {
            add(new MeterBar(entitlement));
        }
        Optional.ofNullable(entitlement.overage()).filter(overage -> overage.units() > 0).ifPresent(overage -> add(line(overage(overage))));
        Optional.ofNullable(entitlement.resetsAt()).ifPresent(at -> {
            Span resets = new Span(new Span(translate("meter.resets") + " "), When.day(at, zone));
            resets.addClassName("quiet");
            add(resets);
        });
    }

    private static String overage(Rating.Overage overage) {
        String amount = Optional.ofNullable(overage.amount()).map(Figures::money).orElse("–");
        return translate("meter.overage", Figures.number(overage.units()), Figures.unitPrice(overage.each()), amount);
    }

    /** Says where it is heading as well. */
    MeterCard heading(ProjectionResult projection) {
        switch (projection) {
            case Projection found -> {
                getChildren().filter(MeterBar.class::isInstance).forEach(bar -> ((MeterBar) bar).expect(found.expected()));
                add(line(translate(
                        "projection.heading", Figures.number(found.expected()), When.dayText(found.until(), zone), Figures.number(found.low()),
                        Figures.number(found.high()))));
                Optional.ofNullable(found.reachesSoftLimitAt()).ifPresent(date -> add(line(LimitDateText.soft(date, zone))));
                Optional.ofNullable(found.reachesLimitAt()).ifPresent(date -> add(line(LimitDateText.hard(date, zone))));
            }
            case NotEnoughData missing -> add(line(LimitDateText.missing(missing)));
        }
        return this;
    }

    private static Paragraph line(String text) {
        Paragraph line = new Paragraph(text);
        line.addClassName("quiet");
        return line;
    }

    static String numbers(Entitlement entitlement) {
        return entitlement.limit() == null
                ? translate("meter.unlimited", Figures.number(entitlement.used()))
                : translate(
                        "meter.numbers", Figures.number(entitlement.used()), Figures.number(entitlement.limit()),
                        Figures.percent(Objects.requireNonNullElse(entitlement.percent(), 0L)));
    }

    /** For a table: the numbers over a bar. */
    static Component compact(Entitlement entitlement) {
        Div compact = new Div(new Span(numbers(entitlement)));
        compact.addClassNames("meter-compact", level(entitlement));
        if (entitlement.limit() != null) {
            compact.add(new MeterBar(entitlement));
        }
        return compact;
    }

    private static String level(Entitlement entitlement) {
        return "meter-" + entitlement.state().name().toLowerCase(Locale.ROOT);
    }
}
