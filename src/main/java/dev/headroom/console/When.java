package dev.headroom.console;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** An instant as people read it, in a named zone; the whole of it, with the zone, on hover. */
@Tag("time")
public final class When extends HtmlComponent {

    private When(String shown, Instant at, ZoneId zone) {
        getElement().setText(shown);
        getElement().setAttribute("datetime", at.toString());
        setTitle(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.MEDIUM)
                .withLocale(ConsoleTexts.language())
                .format(at.atZone(zone)) + " · " + zone);
    }

    public static When day(Instant at, ZoneId zone) {
        return new When(dayText(at, zone), at, zone);
    }

    public static When minute(Instant at, ZoneId zone) {
        return new When(minuteText(at, zone), at, zone);
    }

    public static When second(Instant at, ZoneId zone) {
        return new When(localized(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM), at, zone), at, zone);
    }

    /** Without the year, for where many stand side by side. */
    public static String shortDayText(Instant at, ZoneId zone) {
        return localized(DateTimeFormatter.ofLocalizedPattern("MMMd"), at, zone);
    }

    /** For sentences, which hold no components. */
    public static String dayText(Instant at, ZoneId zone) {
        return localized(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM), at, zone);
    }

    public static String minuteText(Instant at, ZoneId zone) {
        return localized(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT), at, zone);
    }

    public static String timeText(Instant at, ZoneId zone) {
        return localized(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT), at, zone);
    }

    /** A month with its year. */
    public static String monthText(YearMonth month) {
        return DateTimeFormatter.ofLocalizedPattern("yMMM").withLocale(ConsoleTexts.language()).format(month);
    }

    /** A month without its year, for where many stand side by side. */
    public static String shortMonthText(YearMonth month) {
        return DateTimeFormatter.ofPattern("LLL", ConsoleTexts.language()).format(month);
    }

    private static String localized(DateTimeFormatter format, Instant at, ZoneId zone) {
        return format.withLocale(ConsoleTexts.language()).format(at.atZone(zone));
    }
}
