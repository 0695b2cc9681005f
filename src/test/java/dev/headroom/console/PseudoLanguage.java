package dev.headroom.console;

import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * A language that nobody speaks, beside the console's own: English with each small vowel twice and accented, so that every text is longer
 * than most languages make it. A browser that asks for it is answered in it.
 */
@TestConfiguration(proxyBeanMethods = false)
class PseudoLanguage {

    static final Locale LOCALE = Locale.of("en", "XA");

    /** What {@link MessageFormat} would not understand otherwise, or a vowel. */
    private static final Pattern PLACE_OR_VOWEL = Pattern.compile("\\{\\d+(,[a-z]+)*|[aeiou]");
    private static final Map<String, String> LONGER = Map.of("a", "áâ", "e", "éê", "i", "íî", "o", "óô", "u", "úû");

    @Bean
    static BeanPostProcessor spoken() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ConsoleTexts texts ? new Lengthened(texts) : bean;
            }
        };
    }

    static String longer(String text) {
        return PLACE_OR_VOWEL.matcher(text).replaceAll(match -> replacement(match));
    }

    private static String replacement(MatchResult match) {
        return LONGER.getOrDefault(match.group(), match.group());
    }

    private record Lengthened(ConsoleTexts texts) implements I18NProvider {

        @Override
        public List<Locale> getProvidedLocales() {
            return Stream.concat(texts.getProvidedLocales().stream(), Stream.of(LOCALE)).toList();
        }

        @Override
        public String getTranslation(String key, Locale locale, Object... parameters) {
            if (!locale.equals(LOCALE)) {
                return texts.getTranslation(key, locale, parameters);
            }
            String longer = longer(texts.getTranslation(key, Locale.ENGLISH));
            return parameters.length == 0 ? longer : new MessageFormat(longer, locale).format(parameters);
        }
    }
}
