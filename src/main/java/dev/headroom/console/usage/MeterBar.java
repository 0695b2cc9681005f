package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.console.Figures;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.limits.Source;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is used, as a bar with a mark where the warnings begin and one where the limit is. It ends at the limit, unless more than that is used or
 * expected: then the limit stands inside it. What the marks mean is said on hover and read aloud.
 */
@StyleSheet("meters.css")
final class MeterBar extends Div {

    private final Entitlement entitlement;
    private final long limit;
    private final long added;
    private final Optional<PlanEntitlement> plan;

    /** @param entitlement with a limit */
    MeterBar(Entitlement entitlement) {
        this.entitlement = entitlement;
        this.limit = Objects.requireNonNull(entitlement.limit());
        this.added = entitlement.sources().stream()
                .filter(each -> each.kind() == Source.Kind.ADD_ON)
                .mapToLong(each -> Objects.requireNonNullElse(each.limit(), 0L))
                .sum();
        this.plan = Optional.ofNullable(entitlement.source()).stream()
                .flatMap(version -> version.entitlements().stream())
                .filter(each -> each.feature().id().equals(entitlement.feature().id()))
                .findFirst()
                .filter(granted -> granted.included() != null && granted.included() + added == limit);
        addClassName("bar");
        getElement().setAttribute("role", "meter");
        getElement().setAttribute("aria-label", entitlement.feature().name());
        getElement().setAttribute("aria-valuemin", "0");
        getElement().setAttribute("aria-valuetext", Stream.of(Stream.of(MeterCard.numbers(entitlement)), soft().map(MeterBar::warns).stream(), Stream.of(ends()))
                .flatMap(each -> each)
                .collect(Collectors.joining(". ")));
        draw(entitlement.used());
    }

    /** A lighter part, up to where it will be at the end. */
    void expect(long units) {
        removeAll();
        draw(units);
    }

    private void draw(long expected) {
        long end = Math.max(1, Math.max(limit, Math.max(entitlement.used(), expected)));
        getElement().setAttribute("aria-valuemax", String.valueOf(end));
        getElement().setAttribute("aria-valuenow", String.valueOf(entitlement.used()));
        if (expected > entitlement.used()) {
            add(part("expected", expected, end));
        }
        if (entitlement.used() > 0) {
            add(part("fill", entitlement.used(), end));
        }
        soft().ifPresent(soft -> add(mark("mark-soft", soft, end, warns(soft))));
        add(mark("mark-limit", limit, end, ends()));
    }

    private static Div part(String name, long units, long end) {
        Div part = new Div();
        part.addClassName(name);
        part.setWidth(share(units, end));
        return part;
    }

    private static Div mark(String name, long units, long end, String meaning) {
        Div mark = new Div();
        mark.addClassNames("limit-mark", name);
        mark.getStyle().set("inset-inline-start", share(units, end));
        mark.setTitle(meaning);
        return mark;
    }

    private static String share(long units, long end) {
        long tenths = units * 1_000 / end;
        return tenths / 10 + "." + tenths % 10 + "%";
    }

    private Optional<Long> soft() {
        return plan.map(PlanEntitlement::softLimit).map(soft -> soft + added);
    }

    private static String warns(long soft) {
        return translate("meter.warns", Figures.number(soft));
    }

    /** What happens past the limit is known where the plan decides. */
    private String ends() {
        String units = Figures.number(limit);
        return plan.map(decides -> switch (decides.policy()) {
            case HARD -> translate(graced(decides) ? "meter.limit.grace" : "meter.limit.hard", units);
            case OVERAGE -> translate(priced(decides) ? "meter.limit.overage" : "meter.limit", units);
            case SOFT -> translate("meter.limit.soft", units);
        }).orElseGet(() -> translate("meter.limit", units));
    }

    private static boolean graced(PlanEntitlement decides) {
        return Objects.requireNonNullElse(decides.graceDays(), 0) > 0 || Objects.requireNonNullElse(decides.gracePercent(), 0) > 0;
    }

    /** In whichever currency the account pays. */
    private boolean priced(PlanEntitlement decides) {
        return Objects.requireNonNull(entitlement.source()).prices().stream().allMatch(each -> decides.overage().containsKey(each.price().currency()));
    }
}
