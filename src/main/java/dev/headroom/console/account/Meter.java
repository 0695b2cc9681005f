package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.entitlement.Entitlement;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** How much of something countable is used: the numbers in words, a bar for the eye, and a mark where the warnings begin. */
final class Meter extends Div {

    Meter(Entitlement entitlement, ZoneId zone) {
        addClassNames("meter", "meter-" + entitlement.state().name().toLowerCase(Locale.ROOT));
        Div head = new Div(new H3(entitlement.feature().name()), Status.of(entitlement.state()));
        head.addClassName("meter-head");
        Span numbers = new Span(numbers(entitlement));
        numbers.addClassName("meter-numbers");
        add(head, numbers);
        if (entitlement.limit() != null) {
            add(bar(entitlement));
        }
        Optional.ofNullable(entitlement.resetsAt()).ifPresent(at -> {
            Span resets = new Span(new Span(translate("meter.resets") + " "), When.day(at, zone));
            resets.addClassName("quiet");
            add(resets);
        });
    }

    static String numbers(Entitlement entitlement) {
        return entitlement.limit() == null
                ? translate("meter.unlimited", Figures.number(entitlement.used()))
                : translate(
                        "meter.numbers", Figures.number(entitlement.used()), Figures.number(entitlement.limit()),
                        Figures.percent(Objects.requireNonNullElse(entitlement.percent(), 0L)));
    }

    private static Div bar(Entitlement entitlement) {
        long percent = Objects.requireNonNullElse(entitlement.percent(), 0L);
        Div bar = new Div();
        bar.addClassName("bar");
        bar.getElement().setAttribute("role", "meter");
        bar.getElement().setAttribute("aria-label", entitlement.feature().name());
        bar.getElement().setAttribute("aria-valuemin", "0");
        bar.getElement().setAttribute("aria-valuemax", "100");
        bar.getElement().setAttribute("aria-valuenow", String.valueOf(Math.min(100, percent)));
        bar.getElement().setAttribute("aria-valuetext", numbers(entitlement));
        Div fill = new Div();
        fill.addClassName("fill");
        fill.setWidth(Math.min(100, percent) + "%");
        bar.add(fill);
        softLimit(entitlement).ifPresent(soft -> bar.add(mark(soft, Objects.requireNonNull(entitlement.limit()))));
        return bar;
    }

    private static Optional<Long> softLimit(Entitlement entitlement) {
        return Optional.ofNullable(entitlement.source()).stream()
                .flatMap(version -> version.entitlements().stream())
                .filter(each -> each.feature().id().equals(entitlement.feature().id()))
                .findFirst()
                .map(PlanEntitlement::softLimit);
    }

    private static Div mark(long soft, long limit) {
        Div mark = new Div();
        mark.addClassName("mark-soft");
        mark.getStyle().set("inset-inline-start", limit == 0 ? "0" : Math.min(100, soft * 100 / limit) + "%");
        mark.setTitle(translate("meter.warns", Figures.number(soft)));
        return mark;
    }
}
