package dev.headroom.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes fields and lists, one value a line, two spaces a level; the same calls make the same text. What is absent is left out. */
public final class YamlWriter {

    private static final String STEP = "  ";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    /** Nothing in it means anything in any YAML, wherever it stands. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9(][A-Za-z0-9_./,()%+-]*)*");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

    private static final Map<Integer, String> ESCAPED = Map.of((int) '"', "\\\"", (int) '\\', "\\\\", (int) '\n', "\\n", (int) '\t', "\\t");
    /** Marks that turn the direction of what follows could show a reviewer another text than there is. */
    private static final Set<Integer> UNSEEN = Set.of(
            (int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE, (int) Character.PRIVATE_USE, (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR, (int) Character.PARAGRAPH_SEPARATOR);

    private final StringBuilder text;
    private final String indent;
    /** Written before the first field, of an item the dash. */
    private String first;

    public YamlWriter() {
        this(new StringBuilder(), "", "");
    }

    private YamlWriter(StringBuilder text, String indent, String first) {
        this.text = text;
        this.indent = indent;
        this.first = first;
    }

    /** A line for the reader. */
    public YamlWriter comment(String words) {
        text.append(indent).append("# ").append(words).append('\n');
        return this;
    }

    /** An empty line. */
    public YamlWriter gap() {
        text.append('\n');
        return this;
    }

    /** @param value a number, a truth, a word of ours or a text */
    public YamlWriter field(String name, @Nullable Object value) {
        if (value != null) {
            begin(name).append(' ').append(scalar(value)).append('\n');
        }
        return this;
    }

    /** A number that is kept as text, as decimals are. */
    public YamlWriter number(String name, @Nullable String value) {
        if (value != null) {
            begin(name).append(' ').append(NUMBER.matcher(value).matches() ? value : quoted(value)).append('\n');
        }
        return this;
    }

    /** On one line; an empty list is left out. */
    public YamlWriter line(String name, List<?> values) {
        return values.isEmpty() ? this : whole(name, values);
    }

    /** On one line, also where it is empty. */
    public YamlWriter whole(String name, List<?> values) {
        begin(name).append(" [").append(String.join(", ", values.stream().map(YamlWriter::inList).toList())).append("]\n");
        return this;
    }

    /** Fields below a name. */
    public YamlWriter below(String name, Consumer<YamlWriter> fields) {
        begin(name).append('\n');
        fields.accept(new YamlWriter(text, indent + STEP, ""));
        return this;
    }

    /** Items below a name, each with its fields; an empty list is left out. */
    public <T> YamlWriter each(String name, List<T> items, BiConsumer<YamlWriter, T> fields) {
        if (!items.isEmpty()) {
            begin(name).append('\n');
            items.forEach(item -> fields.accept(new YamlWriter(text, indent + STEP + STEP, indent + STEP + "- "), item));
        }
        return this;
    }

    private StringBuilder begin(String name) {
        text.append(first.isEmpty() ? indent : first).append(name).append(':');
        first = "";
        return text;
    }

    private static String inList(Object value) {
        String written = scalar(value);
        return written.indexOf(',') >= 0 && written.charAt(0) != '"' ? quoted(value.toString()) : written;
    }

    private static String scalar(Object value) {
        if (!(value instanceof String words)) {
            return value.toString();
        }
        return PLAIN.matcher(words).matches() && !WORD.matcher(words).matches() ? words : quoted(words);
    }

    /** As JSON does, and everything that is not seen as its number. */
    private static String quoted(String words) {
        StringBuilder quoted = new StringBuilder("\"");
        words.codePoints().forEach(each -> {
            if (ESCAPED.containsKey(each)) {
                quoted.append(ESCAPED.get(each));
            } else if (UNSEEN.contains(Character.getType(each))) {
                quoted.append(each > 0xFFFF ? "\\U%08X".formatted(each) : "\\u%04X".formatted(each));
            } else {
                quoted.appendCodePoint(each);
            }
        });
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
