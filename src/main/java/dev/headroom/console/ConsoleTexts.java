package dev.headroom.console;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The words of the console. Flow's own provider would answer an English browser in German, because a bundle without a language
 * in its name is no language to it.
 */
final class ConsoleTexts implements I18NProvider {

    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    static final String BUNDLE = "vaadin-i18n.translations";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleTexts.class);
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    @Override
    public List<Locale> getProvidedLocales() {
        return LANGUAGES;
    }

    /** With parameters the text is a {@link MessageFormat}; a missing key shows itself, so that a test can find it. */
    @Override
    public String getTranslation(String key, Locale locale, Object... parameters) {
        try {
            String text = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK).getString(key);
            return parameters.length == 0 ? text : new MessageFormat(text, locale).format(parameters);
        } catch (MissingResourceException missing) {
            LOG.warn("The console lacks the text {}", key);
            return "!" + key + "!";
        }
    }

    /** The language of the user who is being answered. */
    static Locale language() {
        return Optional.ofNullable(UI.getCurrent()).map(UI::getLocale).orElse(Locale.ENGLISH);
    }
}
