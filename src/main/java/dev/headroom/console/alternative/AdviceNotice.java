package dev.headroom.console.alternative;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.Feature;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import dev.headroom.money.Money;
import dev.headroom.quote.Alternative;
import dev.headroom.quote.Alternatives.Recommendation;
import dev.headroom.quote.Fit;
import dev.headroom.quote.FittingPlanResult.PlanNeed;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Which of them to take, and why: what is expected, what does not hold it and from when, what twelve months cost. */
final class AdviceNotice {

    private AdviceNotice() {}

    static Notice of(Recommendation advice, Comparison comparison) {
        String plan = comparison.plan();
        ZoneId zone = comparison.account().zone();
        Notice notice = switch (advice.advice()) {
            case STAY -> new Notice(
                    Notice.Kind.SUCCESS, translate("alternative.stay", plan), translate("alternative.stay.why", Figures.money(advice.staying().year())));
            case CHANGE -> new Notice(Notice.Kind.SUCCESS, translate("alternative.change", chosen(advice, comparison)), change(advice));
            case NOTHING_FITS -> new Notice(Notice.Kind.ERROR, translate("alternative.nothing"), translate("alternative.nothing.why"));
        };
        List<String> lines = misfits(advice.stay(), zone);
        if (!lines.isEmpty()) {
            UnorderedList list = new UnorderedList();
            lines.forEach(line -> list.add(new ListItem(line)));
            notice.say(list);
        }
        return notice;
    }

    private static String chosen(Recommendation advice, Comparison comparison) {
        int position = Objects.requireNonNull(advice.alternative()).position();
        return comparison.options().get(position).candidate().name(comparison.catalog());
    }

    private static String change(Recommendation advice) {
        Alternative chosen = Objects.requireNonNull(advice.alternative());
        String year = Figures.money(Objects.requireNonNull(chosen.cost()).year());
        String now = Figures.money(advice.staying().year());
        Money saving = Objects.requireNonNull(advice.saving());
        return advice.stay().fits()
                ? translate("alternative.change.saves", year, now, Figures.money(saving))
                : translate("alternative.change.fits", year, now);
    }

    /** What would be blocked, and what closed, one line each. */
    static List<String> misfits(Fit fit, ZoneId zone) {
        return Stream.concat(fit.exceeded().stream().map(need -> exceeded(need, zone)), fit.missing().stream().map(Feature::name).map(name -> translate("alternative.misfit.gate", name)))
                .toList();
    }

    private static String exceeded(PlanNeed need, ZoneId zone) {
        String units = Figures.number(need.units());
        String included = Figures.limit(need.included());
        String name = need.feature().name();
        if (need.until() == null) {
            return translate("alternative.misfit", name, units, included);
        }
        String day = When.dayText(need.until(), zone);
        return need.limitReachedAt() == null
                ? translate("alternative.misfit.until", name, units, included, day)
                : translate("alternative.misfit.reached", name, units, included, day, When.dayText(need.limitReachedAt(), zone));
    }
}
