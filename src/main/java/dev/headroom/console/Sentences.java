package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What services say, in the reader's language. They say it in English, to programs and people alike; here each of their sentences is known by itself,
 * with a hole for each part that varies. One that is not known is told as it was said.
 */
public final class Sentences {

    private static final String KEYS = "said.";
    private static final Pattern HOLE = Pattern.compile("\\{\\d}");
    private static final List<Sentence> KNOWN = known();

    private Sentences() {}

    /** Its holes are numbered in the order in which the English sentence has them. */
    private record Sentence(String key, String english, Pattern said) {

        static Sentence of(String key, String english) {
            StringBuilder pattern = new StringBuilder();
            int end = 0;
            for (Matcher hole = HOLE.matcher(english); hole.find(); end = hole.end()) {
                pattern.append(Pattern.quote(english.substring(end, hole.start()))).append("(.+?)");
            }
            return new Sentence(key, english, Pattern.compile(pattern + Pattern.quote(english.substring(end)), Pattern.DOTALL));
        }

        /** How much of it is its own. */
        int own() {
            return HOLE.matcher(english).replaceAll("").length();
        }

        Optional<String> told(String text) {
            Matcher match = said.matcher(text);
            return match.matches() ? Optional.of(translate(key, IntStream.rangeClosed(1, match.groupCount()).mapToObj(match::group).toArray())) : Optional.empty();
        }
    }

    private static List<Sentence> known() {
        ResourceBundle english = ResourceBundle.getBundle(ConsoleTexts.BUNDLE, Locale.ROOT);
        return english.keySet().stream()
                .filter(key -> key.startsWith(KEYS))
                .map(key -> Sentence.of(key, english.getString(key)))
                .sorted(Comparator.comparingInt(Sentence::own).reversed())
                .toList();
    }

    /** @param said absent where nothing was */
    public static String of(@Nullable String said) {
        String text = said == null ? "" : said;
        return KNOWN.stream().flatMap(sentence -> sentence.told(written(text)).stream()).findFirst().orElse(text);
    }

    /** Whether there are words for it in every language. */
    static boolean knows(String said) {
        return KNOWN.stream().anyMatch(sentence -> sentence.said().matcher(written(said)).matches());
    }

    /** With the apostrophe that texts have. */
    private static String written(String said) {
        return said.replace('\'', '’');
    }
}
