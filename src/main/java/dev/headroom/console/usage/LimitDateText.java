package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.When;
import dev.headroom.reading.ProjectionResult.LimitDate;
import dev.headroom.reading.ProjectionResult.NotEnoughData;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/** When a limit will be reached, in words; or why nobody can say. */
public final class LimitDateText {

    private LimitDateText() {}

    static String soft(LimitDate date, ZoneId zone) {
        return switch (date.state()) {
            case REACHED -> translate("projection.soft.reached");
            case NOT_EXPECTED -> translate("projection.soft.not");
            case POSSIBLE -> translate("projection.soft.possible", day(Objects.requireNonNull(date.earliest()), zone));
            case EXPECTED -> translate("projection.soft.expected", span(date, zone));
        };
    }

    static String hard(LimitDate date, ZoneId zone) {
        return switch (date.state()) {
            case REACHED -> translate("projection.limit.reached");
            case NOT_EXPECTED -> translate("projection.limit.not");
            case POSSIBLE -> translate("projection.limit.possible", day(Objects.requireNonNull(date.earliest()), zone));
            case EXPECTED -> translate("projection.limit.expected", span(date, zone));
        };
    }

    /** For a cell, whose column says what is reached. */
    public static String brief(LimitDate date, ZoneId zone) {
        return switch (date.state()) {
            case REACHED -> translate("projection.brief.reached");
            case NOT_EXPECTED -> translate("projection.brief.not");
            case POSSIBLE -> translate("projection.brief.possible", day(Objects.requireNonNull(date.earliest()), zone));
            case EXPECTED -> day(Objects.requireNonNull(date.at()), zone);
        };
    }

    public static String missing(NotEnoughData missing) {
        return switch (missing.reason()) {
            case NEVER_USED -> translate("projection.missing.unused");
            case TOO_FEW_DAYS -> translate("projection.missing.days", missing.days(), missing.needed());
            case TOO_FEW_DAYS_WITH_USAGE -> translate("projection.missing.seldom", missing.days(), missing.needed());
            case PAST_NOT_KEPT -> translate("projection.missing.past");
            case UNIQUE_VALUES -> translate("projection.missing.unique");
        };
    }

    private static String span(LimitDate date, ZoneId zone) {
        String at = day(Objects.requireNonNull(date.at()), zone);
        Instant earliest = date.earliest();
        Instant latest = date.latest();
        if (earliest == null || day(earliest, zone).equals(at) && latest != null && day(latest, zone).equals(at)) {
            return translate("projection.on", at);
        }
        return latest == null
                ? translate("projection.from", at, day(earliest, zone))
                : translate("projection.between", at, day(earliest, zone), day(latest, zone));
    }

    private static String day(Instant at, ZoneId zone) {
        return When.dayText(at, zone);
    }
}
