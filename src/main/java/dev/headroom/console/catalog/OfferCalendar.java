package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.Offer;
import dev.headroom.console.When;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** When offers can be taken, side by side: a strip for each that is not long over, and in words which others are there with it. */
@StyleSheet("offers.css")
final class OfferCalendar extends Div {

    /** What was over before is history, and would leave the others no room. */
    private static final Duration BEHIND = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofDays(365);
    private static final double WHOLE = 100;

    private final Period shown;

    OfferCalendar(List<Offer> all, Instant now) {
        addClassName("calendar");
        List<Offer> near = all.stream().filter(offer -> offer.over().isAfter(now.minus(BEHIND)) && offer.window().from().isBefore(now.plus(AHEAD))
                && offer.window().from().isBefore(offer.over())).toList();
        Instant from = near.stream().map(offer -> later(offer.window().from(), now.minus(BEHIND))).min(Instant::compareTo).orElse(now);
        Instant until = near.stream().map(offer -> earlier(offer.over(), now.plus(AHEAD))).max(Instant::compareTo).orElse(now);
        shown = new Period(earlier(from, now), later(until, now.plusSeconds(1)));
        Div ends = new Div(new Span(When.dayText(shown.from(), ZoneOffset.UTC)), new Span(translate("offer.calendar.zone")),
                new Span(When.dayText(shown.until(), ZoneOffset.UTC)));
        ends.addClassNames("calendar-ends", "quiet");
        near.forEach(offer -> add(row(offer, near, now)));
        add(ends);
        setVisible(!near.isEmpty());
    }

    private Div row(Offer offer, List<Offer> near, Instant now) {
        String others = near.stream().filter(other -> other != offer && overlap(offer, other)).map(other -> together(offer, other)).collect(Collectors.joining("; "));
        Div bar = new Div();
        bar.addClassName("calendar-bar");
        double begin = share(later(offer.window().from(), shown.from()));
        bar.getStyle().set("margin-inline-start", percent(begin)).set("width", percent(share(earlier(offer.over(), shown.until())) - begin));
        Div today = new Div();
        today.addClassName("calendar-now");
        today.getStyle().set("inset-inline-start", percent(share(now)));
        Div strip = new Div(bar, today);
        strip.addClassName("calendar-strip");
        strip.getElement().setAttribute("aria-hidden", "true");
        Span with = new Span(others.isEmpty() ? translate("offer.calendar.alone") : translate("offer.calendar.with", others));
        with.addClassName("quiet");
        Div words = new Div(new Span(translate("offer.calendar.row", offer.name(), When.minuteText(offer.window().from(), ZoneOffset.UTC),
                When.minuteText(offer.over(), ZoneOffset.UTC))), with);
        words.addClassName("stacked");
        Div row = new Div(words, strip);
        row.addClassName("calendar-row");
        return row;
    }

    /** The other one, and from when until when both can be taken. */
    private static String together(Offer one, Offer other) {
        return translate("offer.calendar.together", other.name(), When.minuteText(later(one.window().from(), other.window().from()), ZoneOffset.UTC),
                When.minuteText(earlier(one.over(), other.over()), ZoneOffset.UTC));
    }

    /** Of different products they are never seen together. */
    private static boolean overlap(Offer one, Offer other) {
        return one.product().equals(other.product()) && one.window().from().isBefore(other.over()) && other.window().from().isBefore(one.over());
    }

    private double share(Instant at) {
        return WHOLE * Duration.between(shown.from(), at).toSeconds() / shown.seconds();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
