package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What services say in English to whoever asks, people read in their own language. */
class SentencesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/headroom");
    private static final Pattern SAID = Pattern.compile(
            "(HeadroomException\\.(invalid|notFound|of|forbidden)|found\\.(error|warning)|new (MisplacedTier|UnsupportedCurrencyException|IllegalArgumentException|Finding|Step))\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Whatever stands in a hole. */
    private static final String ANYTHING = "7";

    /** Modules of which people meet nothing in the console: pure arithmetic that is given what was looked at, what only programs ask, and machines. */
    private static final Set<String> NOT_ASKED = Set.of("api", "sandbox", "demo", "guard", "command", "welcome", "metrics", "reading", "limits", "forecast", "time", "yaml", "csv", "postgres", "broadcast");

    /** Words of the API: who is told so is a program. */
    private static final Pattern FOR_PROGRAMS = Pattern.compile(
            "[tT]oken|[cC]ursor|coterminateWith|Expected (one|some) of|Expected the id|Expected kind and id|idempotency key has|percentOff or amountOff|quoteToken|Ask for |A date is for what shall be"
                    + "|without another when|name another one of the account|Name a (draft|plan)|^No such 7$|^Expected 1 to 7$|has no running subscription with seats");

    private static Stream<Path> files() throws IOException {
        return Files.walk(SOURCES).filter(file -> file.toString().endsWith(".java")).filter(file -> !file.startsWith(SOURCES.resolve("console")))
                .filter(file -> !NOT_ASKED.contains(SOURCES.relativize(file).getName(0).toString()));
    }

    private static Set<String> said() throws IOException {
        try (Stream<Path> files = files()) {
            return files.flatMap(file -> said(file).stream()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** As they would sound: each literal as it is, each other part as something. */
    private static List<String> said(Path file) {
        try {
            String source = Files.readString(file);
            List<String> found = new ArrayList<>();
            boolean arithmetic = file.startsWith(SOURCES.resolve("pricing")) || file.startsWith(SOURCES.resolve("money"));
            for (Matcher call = SAID.matcher(source); call.find();) {
                String arguments = inside(source, call.end());
                boolean mistake = call.group().startsWith("new Illegal") || call.group().startsWith("new Step");
                if (!mistake || arithmetic && file.getFileName().toString().matches("ChargeModel.java|Tiers.java|UnitPrice.java|RatingSteps.java|Discount.java")) {
                    List<String> parts = parts(arguments, ',');
                    sounded(parts.get(mistake ? 0 : parts.size() - 1)).ifPresent(found::add);
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String inside(String source, int from) {
        int depth = 1;
        int at = from;
        for (boolean quoted = false; depth > 0; at++) {
            char letter = source.charAt(at);
            quoted = letter == '"' && source.charAt(at - 1) != '\\' ? !quoted : quoted;
            depth += quoted ? 0 : letter == '(' ? 1 : letter == ')' ? -1 : 0;
        }
        return source.substring(from, at - 1);
    }

    private static List<String> parts(String text, char between) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            quoted = letter == '"' && (at == 0 || text.charAt(at - 1) != '\\') ? !quoted : quoted;
            depth += quoted ? 0 : letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (!quoted && depth == 0 && letter == between) {
                parts.add(text.substring(begin, at));
                begin = at + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static Optional<String> sounded(String expression) {
        List<String> parts = parts(expression, '+').stream().map(String::strip).toList();
        if (parts.stream().noneMatch(part -> LITERAL.matcher(part).matches()) || expression.contains("? \"")) {
            return Optional.empty();
        }
        return Optional.of(parts.stream().map(part -> {
            Matcher literal = LITERAL.matcher(part);
            return literal.matches() ? literal.group(1).replace("\\\"", "\"") : ANYTHING;
        }).collect(Collectors.joining()));
    }

    @Test
    void whateverPeopleMayBeToldHasWordsInEveryLanguage() throws IOException {
        Set<String> said = said();
        assertThat(said).as("found at all").hasSizeGreaterThan(200).contains("Two prices in one currency", "Expected 7 to 7, not 7");
        assertThat(said.stream().filter(each -> each.matches(".*[a-z].*")).filter(each -> !FOR_PROGRAMS.matcher(each).find()).filter(each -> !Sentences.knows(each)).toList()).isEmpty();
        assertThat(Sentences.knows("Nobody has ever said this")).isFalse();
    }

    @Test
    void noSentenceIsKnownThatNobodySays() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).map(SentencesTest::text).collect(Collectors.joining());
        }
        ResourceBundle english = ResourceBundle.getBundle(ConsoleTexts.BUNDLE, Locale.ROOT);
        assertThat(english.keySet().stream().filter(key -> key.startsWith("said.")).map(english::getString)
                .filter(sentence -> !Stream.of(sentence.split("\\{\\d}")).allMatch(part -> stands(part, sources))).toList()).isEmpty();
        assertThat(stands("Nobody has ever said", sources)).isFalse();
    }

    /** The last word of a part may be one of two. */
    private static boolean stands(String part, String sources) {
        String written = part.strip().replace("\"", "\\\"").replace('’', '\'');
        return sources.contains(written) || written.contains(" ") && sources.contains(written.substring(0, written.lastIndexOf(' ')));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expected 0 to 1000, not -1", "Something else is sold under this key", "The product has no feature \"sso\"", "Units 1 to 5: 5 × 10.00 USD"})
    void everyHoleOfASentenceIsFilledAsItWasSaid(String said) {
        assertThat(Sentences.knows(said)).isTrue();
    }
}
