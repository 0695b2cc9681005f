package dev.headroom.console;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** In which language the console speaks where somebody wants another one than their browser; remembered by the browser. */
enum Language {
    ENGLISH(Locale.ENGLISH),
    GERMAN(Locale.GERMAN);

    private static final String REMEMBERED = "headroom.language";
    private static final String REMEMBER = "document.cookie = $0 + '=' + $1 + '; path=/; max-age=31536000; samesite=lax'; location.reload();";

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** From now on, in all that is open; what stands on the page is told anew. */
    void choose(UI ui) {
        VaadinSession session = ui.getSession();
        session.setLocale(locale);
        ui.getPage().executeJs(REMEMBER, REMEMBERED, name());
    }

    /** Begins a session in the language that the browser remembers. */
    static void recall(VaadinRequest request, VaadinSession session) {
        chosen(request).ifPresent(language -> session.setLocale(language.locale));
    }

    private static Optional<Language> chosen(VaadinRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(REMEMBERED))
                .map(Cookie::getValue)
                .flatMap(value -> Arrays.stream(values()).filter(each -> each.name().equals(value)))
                .findFirst();
    }
}
