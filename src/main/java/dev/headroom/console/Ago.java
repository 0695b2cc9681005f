package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as exactly as anybody would say it. */
public final class Ago {

    private static final Duration JUST_NOW = Duration.ofSeconds(3);

    private Ago() {}

    public static String text(Instant at, Instant now) {
        Duration gone = Duration.between(at, now);
        if (gone.compareTo(JUST_NOW) < 0) {
            return translate("ago.now");
        }
        if (gone.toMinutes() == 0) {
            return translate("ago.seconds", gone.toSeconds());
        }
        if (gone.toHours() == 0) {
            return translate("ago.minutes", gone.toMinutes());
        }
        return gone.toDays() == 0 ? translate("ago.hours", gone.toHours()) : translate("ago.days", gone.toDays());
    }
}
