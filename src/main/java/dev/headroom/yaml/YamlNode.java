package dev.headroom.yaml;

import java.util.List;

/** A value in a text, and where it begins. */
public sealed interface YamlNode {

    Mark mark();

    /** Both from 1, as editors count. */
    record Mark(int line, int column) {

        /** Of a text as a whole. */
        public static final Mark START = new Mark(1, 1);
    }

    /** @param plain whether it stands there without quotes */
    record Scalar(Mark mark, String text, boolean plain) implements YamlNode {

        /** Whether nothing is said: an empty value, {@code null} or {@code ~}. */
        boolean absent() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    record Sequence(Mark mark, List<YamlNode> items) implements YamlNode {}

    record Mapping(Mark mark, List<Entry> entries) implements YamlNode {}

    record Entry(Mark mark, String key, YamlNode value) {}

    /** What it is, for whoever wrote it. */
    default String kind() {
        return switch (this) {
            case Scalar scalar -> scalar.absent() ? "nothing" : "the value \"" + YamlMistake.shortened(scalar.text()) + "\"";
            case Sequence _ -> "a list";
            case Mapping _ -> "fields";
        };
    }
}
