package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.reading.ProjectionResult;
import dev.headroom.reading.ProjectionResult.NotEnoughData;
import dev.headroom.reading.ProjectionResult.Projection;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of something countable is used: the numbers in words, a bar for the eye, a mark where the warnings begin, and, where that is
 * wanted, where it is heading.
 */
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
            add(new Bar(entitlement));
        }
        Optional.ofNullable(entitlement.resetsAt()).ifPresent(at -> {
            Span resets = new Span(new Span(translate("meter.resets") + " "), When.day(at, zone));
            resets.addClassName("quiet");
            add(resets);
        });
    }

    /** Says where it is heading as well. */
    MeterCard heading(ProjectionResult projection) {
        switch (projection) {
            case Projection found -> {
                getChildren().filter(Bar.class::isInstance).forEach(bar -> ((Bar) bar).expect(found.expected(), Objects.requireNonNull(entitlement.limit())));
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
            compact.add(new Bar(entitlement));
        }
        return compact;
    }

    private static String level(Entitlement entitlement) {
        return "meter-" + entitlement.state().name().toLowerCase(Locale.ROOT);
    }

    /** What is used as a part of what is included; what is past that does not fit. */
    private static final class Bar extends Div {

        private final Div fill = new Div();

        Bar(Entitlement entitlement) {
            long percent = Objects.requireNonNullElse(entitlement.percent(), 0L);
            addClassName("bar");
            getElement().setAttribute("role", "meter");
            getElement().setAttribute("aria-label", entitlement.feature().name());
            getElement().setAttribute("aria-valuemin", "0");
            getElement().setAttribute("aria-valuemax", "100");
            getElement().setAttribute("aria-valuenow", String.valueOf(Math.min(100, percent)));
            getElement().setAttribute("aria-valuetext", numbers(entitlement));
            fill.addClassName("fill");
            fill.setWidth(Math.min(100, percent) + "%");
            add(fill);
            softLimit(entitlement).ifPresent(soft -> add(mark(soft, Objects.requireNonNull(entitlement.limit()))));
        }

        /** A lighter part, up to where it will be at the end. */
        void expect(long units, long limit) {
            Div expected = new Div();
            expected.addClassName("expected");
            expected.setWidth(share(units, limit) + "%");
            addComponentAsFirst(expected);
        }

        private static long share(long units, long limit) {
            return limit == 0 ? 100 : Math.min(100, units * 100 / limit);
        }

        private static Optional<Long> softLimit(Entitlement entitlement) {
            return Optional.ofNullable(entitlement.source()).stream()
                    .flatMap(version -> version.entitlements().stream())
                    .filter(each -> each.feature().id().equals(entitlement.feature().id()))
                    .findFirst()
                    .filter(granted -> Objects.equals(granted.included(), entitlement.limit()))
                    .map(PlanEntitlement::softLimit);
        }

        private static Div mark(long soft, long limit) {
            Div mark = new Div();
            mark.addClassName("mark-soft");
            mark.getStyle().set("inset-inline-start", share(soft, limit) + "%");
            mark.setTitle(translate("meter.warns", Figures.number(soft)));
            return mark;
        }
    }
}
