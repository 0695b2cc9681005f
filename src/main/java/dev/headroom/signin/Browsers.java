package dev.headroom.signin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a browser calls itself, in so few words that people know it again and nobody is known by it. */
final class Browsers {

    /** In the order in which they are looked for: almost all of them say that they are Chrome, and Chrome that it is Safari. */
    private static final Map<String, String> NAMES = ordered("Edg", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari");
    private static final Map<String, String> SYSTEMS =
            ordered("Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS X", "macOS", "CrOS", "ChromeOS", "Linux", "Linux");

    private Browsers() {}

    /** Such as {@code Firefox, Linux}. */
    static String of(@Nullable String userAgent) {
        String said = userAgent == null ? "" : userAgent;
        return first(NAMES, said, "Another browser") + ", " + first(SYSTEMS, said, "another system");
    }

    private static String first(Map<String, String> known, String said, String otherwise) {
        return known.entrySet().stream().filter(each -> said.contains(each.getKey())).map(Map.Entry::getValue).findFirst().orElse(otherwise);
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            ordered.put(pairs[i], pairs[i + 1]);
        }
        return ordered;
    }
}
