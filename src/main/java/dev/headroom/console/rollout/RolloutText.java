package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.impact.Segment;
import dev.headroom.money.Money;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.RolloutMove;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Roll-outs and what becomes of their accounts, in words. */
final class RolloutText {

    private RolloutText() {}

    /** Of a plan that is not sold yet there is only the key. */
    static String plan(Rollout rollout, CatalogSnapshot known) {
        return found(rollout, known).map(Plan::name).orElse(rollout.plan());
    }

    static Optional<Plan> found(Rollout rollout, CatalogSnapshot known) {
        return known.plan(rollout.plan()).or(() -> known.addOn(rollout.plan()));
    }

    static String title(Rollout rollout, CatalogSnapshot known) {
        return translate("rollout.of", plan(rollout, known), rollout.number());
    }

    /** "version 1 → version 2"; before it is on sale, and of a new plan, the version alone; of one that was on sale, whose subscribers come to it. */
    static String versions(Rollout rollout, CatalogSnapshot known) {
        if (!rollout.publishes()) {
            List<Integer> from = rollout.terms().choice().segment().versions();
            return from.isEmpty()
                    ? translate("rollout.versions.any", rollout.number())
                    : translate("rollout.versions.some", from.stream().map(String::valueOf).collect(Collectors.joining(", ")), rollout.number());
        }
        return Optional.ofNullable(rollout.previous())
                .map(previous -> translate("rollout.versions", known.version(previous).number(), rollout.number()))
                .orElseGet(() -> translate("version.name", rollout.number()));
    }

    static Badge state(Rollout.State state) {
        return switch (state) {
            case SCHEDULED -> badge(translate("rollout.state.scheduled"));
            case RUNNING -> badge(translate("rollout.state.running"));
            case PAUSED -> badge(translate("rollout.state.paused"), BadgeVariant.WARNING);
            case STOPPED -> badge(translate("rollout.state.stopped"), BadgeVariant.CONTRAST);
            case DONE -> badge(translate("rollout.state.done"), BadgeVariant.SUCCESS);
            case CANCELED -> badge(translate("rollout.state.canceled"), BadgeVariant.CONTRAST);
            case FAILED -> badge(translate("rollout.state.failed"), BadgeVariant.ERROR);
        };
    }

    static String name(Rollout.State state) {
        return state(state).getText();
    }

    static Badge state(RolloutMove.State state) {
        return switch (state) {
            case WAITING -> badge(translate("rollout.move.waiting"));
            case NOTIFIED -> badge(translate("rollout.move.notified"));
            case MOVING -> badge(translate("rollout.move.moving"));
            case SCHEDULED -> badge(translate("rollout.move.scheduled"));
            case MOVED -> badge(translate("rollout.move.moved"), BadgeVariant.SUCCESS);
            case SKIPPED -> badge(translate("rollout.move.skipped"), BadgeVariant.CONTRAST);
            case FAILED -> badge(translate("rollout.move.failed"), BadgeVariant.ERROR);
        };
    }

    static String name(RolloutMove.State state) {
        return state(state).getText();
    }

    private static Badge badge(String word, BadgeVariant... variants) {
        Badge badge = new Badge(word);
        badge.addThemeVariants(variants);
        return badge;
    }

    /** Of one that moves nobody, that. */
    static String counts(Counts counts) {
        return counts.total() == 0
                ? translate("rollout.nobody")
                : translate("rollout.counts", Figures.number(counts.moved()), Figures.number(counts.total()), counts.skipped(), counts.failed());
    }

    /** Whom it was chosen to be about, all in one line. */
    static String segment(Segment segment) {
        if (segment.everybody()) {
            return translate("rollout.segment.all");
        }
        List<String> parts = new ArrayList<>();
        if (!segment.versions().isEmpty()) {
            parts.add(segment.versions().stream().map(number -> translate("version.name", number)).collect(Collectors.joining(", ")));
        }
        if (!segment.intervals().isEmpty()) {
            parts.add(translate("rollout.segment.interval", segment.intervals().stream().map(Words::of).collect(Collectors.joining(", "))));
        }
        if (!segment.currencies().isEmpty()) {
            parts.add(String.join(", ", segment.currencies()));
        }
        amounts(segment).ifPresent(parts::add);
        if (!segment.accounts().isEmpty()) {
            parts.add(translate("rollout.segment.accounts", segment.accounts().size()));
        }
        return String.join(" · ", parts);
    }

    private static Optional<String> amounts(Segment segment) {
        Long from = segment.mrrFromMinor();
        Long until = segment.mrrUntilMinor();
        if (from == null && until == null) {
            return Optional.empty();
        }
        Currency currency = Currency.getInstance(segment.currencies().getFirst());
        return Optional.of(from == null
                ? translate("rollout.segment.until", Figures.money(new Money(until, currency)))
                : until == null
                        ? translate("rollout.segment.from", Figures.money(new Money(from, currency)))
                        : translate("rollout.segment.between", Figures.money(new Money(from, currency)), Figures.money(new Money(until, currency))));
    }
}
