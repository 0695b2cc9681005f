package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.limits.Decision;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to "may it?" for every feature of what the account bought or was given, with everything that it follows from. */
final class EntitlementTable extends Div {

    EntitlementTable(AccountReading reading) {
        DataTable table = new DataTable(
                translate("account.entitlements"), translate("feature.name"), translate("feature.allowed"), translate("feature.state"),
                translate("feature.limit"), translate("feature.used"), translate("feature.remaining"), translate("feature.resets"), translate("feature.source"),
                translate("feature.until"));
        reading.entitlements().forEach(each -> table.row(
                new Text(each.feature().name()), allowed(each), state(each), new Text(limit(each)), new Text(used(each)), new Text(remaining(each)),
                resets(each, reading), sources(each), until(each, reading)));
        add(table);
    }

    private static Component allowed(Entitlement entitlement) {
        Badge answer = new Badge(translate(entitlement.allowed() ? "feature.yes" : "feature.no"));
        answer.addThemeVariants(entitlement.allowed() ? BadgeVariant.SUCCESS : BadgeVariant.CONTRAST);
        // A switch that is on has no limit, but nobody would call it unlimited.
        Span reason = new Span(Words.of(entitlement.allowed() && !counts(entitlement) ? Decision.Reason.INCLUDED : entitlement.reason()));
        reason.addClassName("quiet");
        Div both = new Div(answer, reason);
        both.addClassName("stacked");
        return both;
    }

    private static String limit(Entitlement entitlement) {
        if (!entitlement.granted()) {
            return translate("feature.none");
        }
        return switch (entitlement.feature().kind()) {
            case GATE -> translate("feature.none");
            case SETTING -> Objects.requireNonNullElse(entitlement.setting(), translate("feature.none"));
            case ALLOWANCE, METER -> Figures.limit(entitlement.limit());
        };
    }

    private static String used(Entitlement entitlement) {
        return counts(entitlement) ? Figures.number(entitlement.used()) : translate("feature.none");
    }

    private static String remaining(Entitlement entitlement) {
        return counts(entitlement) && entitlement.granted() ? Figures.limit(entitlement.remaining()) : translate("feature.none");
    }

    private static boolean counts(Entitlement entitlement) {
        return switch (entitlement.feature().kind()) {
            case ALLOWANCE, METER -> true;
            case GATE, SETTING -> false;
        };
    }

    private static Component resets(Entitlement entitlement, AccountReading reading) {
        return Optional.ofNullable(entitlement.resetsAt())
                .filter(at -> counts(entitlement))
                .<Component>map(at -> When.day(at, reading.account().zone()))
                .orElseGet(() -> new Text(translate("feature.none")));
    }

    private static Component state(Entitlement entitlement) {
        return counts(entitlement) && entitlement.granted() ? Status.of(entitlement.state()) : new Text(translate("feature.none"));
    }

    /** What decides first, the others below it. */
    private static Component sources(Entitlement entitlement) {
        if (entitlement.sources().isEmpty()) {
            return new Text(translate("feature.none"));
        }
        Div sources = new Div();
        sources.addClassName("stacked");
        entitlement.sources().forEach(each -> {
            Span line = new Span(name(each));
            if (sources.getComponentCount() > 0) {
                line.addClassName("quiet");
            }
            sources.add(line);
        });
        return sources;
    }

    private static Component until(Entitlement entitlement, AccountReading reading) {
        return Optional.ofNullable(entitlement.validUntil())
                .<Component>map(at -> When.day(at, reading.account().zone()))
                .orElseGet(() -> new Text(translate("feature.none")));
    }

    private static String version(@Nullable PlanVersion of) {
        return of == null ? translate("feature.none") : translate("feature.source.plan", of.plan().name(), of.number());
    }

    private static String name(Entitlement.Given decides) {
        return switch (decides.kind()) {
            case PLAN -> version(decides.planVersion());
            case ADD_ON -> translate("feature.source.addOn", Figures.number(Objects.requireNonNullElse(decides.quantity(), 1L)), version(decides.addOnVersion()));
            case UNLOCK -> translate("feature.source.unlock");
            case ROLL_OUT -> translate("feature.source.rollOut");
            case GRANT -> translate("feature.source.grant");
        };
    }
}
