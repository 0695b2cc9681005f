package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.change.PlanChange;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.account.Timelines.Happening;
import dev.headroom.console.change.TermsText;
import dev.headroom.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A plan change as what happened: once where it was made at once, twice where it waited and then was made or not.
 *
 * @param takers who took a change back, by its id
 */
record PlanChangeStory(CatalogSnapshot known, ZoneId zone, Map<String, String> takers) {

    Stream<Happening> of(PlanChange change) {
        Instant effectiveAt = change.effectiveAt();
        if (effectiveAt == null) {
            String sentence = change.from().renews() == change.to().renews() && !change.to().over() ? atOnce(change) : end(change);
            return Stream.of(new Happening(
                    Objects.requireNonNullElse(change.decidedAt(), change.requestedAt()), sentence, change.actor(), Objects.requireNonNullElse(change.invoice(), ""), null, change.id()));
        }
        Happening asked = new Happening(
                change.requestedAt(), translate("timeline.scheduled", When.dayText(effectiveAt, zone), differences(change)), change.actor(), "", null, change.id());
        return Stream.concat(outcome(change).stream(), Stream.of(asked));
    }

    private String atOnce(PlanChange change) {
        Money charged = Objects.requireNonNullElse(change.charged(), change.due());
        String from = TermsText.of(change.from(), known);
        String to = TermsText.of(change.to(), known);
        if (change.state() != PlanChange.State.APPLIED) {
            return translate("timeline.change", from, to, Words.of(change.state()), Figures.money(charged));
        }
        return charged.isZero() ? translate("timeline.change.free", from, to) : translate("timeline.change.charged", from, to, Figures.money(charged));
    }

    private String end(PlanChange change) {
        String plan = known.versionOf(change.to().plan(known).price()).plan().name();
        if (change.to().over()) {
            Money credit = Objects.requireNonNullElse(change.credit(), change.due());
            return change.state() == PlanChange.State.APPLIED
                    ? translate("timeline.ended", plan, Figures.money(credit))
                    : translate("timeline.ended.state", plan, Words.of(change.state()));
        }
        Instant endsAt = change.to().endsAt();
        if (endsAt != null && change.state() == PlanChange.State.APPLIED) {
            return translate("timeline.end.at", plan, When.dayText(endsAt, zone));
        }
        boolean goesOn = change.to().renews();
        if (change.state() == PlanChange.State.APPLIED) {
            return translate(goesOn ? "timeline.go.on" : "timeline.end", plan);
        }
        return translate(goesOn ? "timeline.go.on.state" : "timeline.end.state", plan, Words.of(change.state()));
    }

    private List<Happening> outcome(PlanChange change) {
        Instant at = change.decidedAt();
        if (at == null) {
            return List.of();
        }
        String what = differences(change);
        boolean dropped = change.failureCode() != null;
        return switch (change.state()) {
            case REQUESTED, ACTION_REQUIRED, CANCELING, SCHEDULED -> List.of();
            case APPLIED, MISMATCHED -> List.of(new Happening(
                    at, change.dated() ? atOnce(change) : translate("timeline.scheduled.made", what), "", Objects.requireNonNullElse(change.invoice(), ""), null, change.id()));
            case CANCELED -> List.of(dropped
                    ? new Happening(at, translate("timeline.scheduled.dropped", what), "", "", null, change.id())
                    : new Happening(
                            at, translate("timeline.scheduled.taken.back", what), takers.getOrDefault(change.id().toString(), change.actor()), "", null, change.id()));
            case DECLINED, REFUSED, ABANDONED -> List.of(new Happening(at, translate("timeline.scheduled.not.made", what), "", "", null, change.id()));
        };
    }

    private String differences(PlanChange change) {
        List<String> lines = TermsText.differences(change.from(), change.to(), known);
        return lines.isEmpty() ? TermsText.of(change.to(), known) : String.join(" · ", lines);
    }
}
