package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.impact.ImpactLine;
import dev.headroom.impact.ImpactLine.PassedLimit;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One subscription's line in words. */
final class LineText {

    private LineText() {}

    static String has(ImpactLine line, CatalogSnapshot known) {
        return translate("impact.line.has", known.version(line.has()).number(), Words.of(line.standing()), line.quantity());
    }

    static String recurring(ImpactLine line) {
        String interval = Words.of(line.interval());
        return line.recurringBefore().equals(line.recurringAfter())
                ? translate("impact.line.same", Figures.money(line.recurringBefore()), interval)
                : translate("impact.line.becomes", Figures.money(line.recurringBefore()), Figures.money(line.recurringAfter()), interval);
    }

    /** Why it stays, and what it would pass or lose. */
    static String notable(ImpactLine line, CatalogSnapshot known) {
        return Stream.concat(stays(line), line.limits().stream().map(limit -> limit(limit, known.feature(limit.feature())))).collect(Collectors.joining("; "));
    }

    private static Stream<String> stays(ImpactLine line) {
        if (line.hindrance() == null) {
            return Stream.empty();
        }
        String why = Words.of(line.hindrance());
        return Stream.of(line.hinderedUntil() == null ? why : translate("impact.line.until", why, When.dayText(line.hinderedUntil(), ZoneOffset.UTC)));
    }

    private static String limit(PassedLimit limit, Feature feature) {
        if (limit.closes()) {
            return translate("impact.line.loses", feature.name());
        }
        return limit.passed()
                ? translate("impact.line.passed", feature.name(), Figures.number(limit.used()), Figures.number(limit.after()))
                : translate("impact.line.expected", feature.name(), Figures.number(limit.expected()), Figures.number(limit.after()));
    }
}
