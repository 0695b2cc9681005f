package dev.headroom.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may have meant. */
final class Suggestion {

    private static final int LONGEST = 40;

    private Suggestion() {}

    /** The end of a sentence: what is nearest, or else what there is. */
    static String of(String typed, Collection<String> known) {
        String word = typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed;
        int near = Math.max(1, (word.length() + 1) / 3);
        return known.stream().filter(each -> distance(word, each) <= near).min(Comparator.comparingInt(each -> distance(word, each)))
                .map(each -> "; did you mean \"" + each + "\"?")
                .orElseGet(() -> "; there are " + known.stream().sorted().collect(Collectors.joining(", ")));
    }

    /** How many letters must be put in, left out or exchanged; capitals are as good as small ones. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
