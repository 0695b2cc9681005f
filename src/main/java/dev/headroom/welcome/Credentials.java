package dev.headroom.welcome;

import java.util.List;
import java.util.Optional;

/** What the first start made for whoever started it. */
record Credentials(String email, String password, String apiKey) {

    private static final List<String> LABELS = List.of("Owner:    ", "Password: ", "API key:  ");

    String text() {
        return LABELS.get(0) + email + "\n" + LABELS.get(1) + password + "\n" + LABELS.get(2) + apiKey + "\n";
    }

    /** Empty for a text that {@link #text()} did not make. */
    static Optional<Credentials> parse(String text) {
        List<String> lines = text.lines().toList();
        boolean ours = lines.size() == LABELS.size() && lines.get(0).startsWith(LABELS.get(0)) && lines.get(1).startsWith(LABELS.get(1))
                && lines.get(2).startsWith(LABELS.get(2));
        return ours ? Optional.of(new Credentials(value(lines, 0), value(lines, 1), value(lines, 2))) : Optional.empty();
    }

    private static String value(List<String> lines, int line) {
        return lines.get(line).substring(LABELS.get(line).length());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Credentials[" + email + "]";
    }
}
