package dev.headroom.yaml;

import dev.headroom.yaml.YamlNode.Entry;
import dev.headroom.yaml.YamlNode.Mapping;
import dev.headroom.yaml.YamlNode.Mark;
import dev.headroom.yaml.YamlNode.Scalar;
import dev.headroom.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one document out of a text. It is built from the parser's events and never composed: without aliases a text cannot mean more than it is long, and
 * without tags it makes nothing but texts, lists and fields.
 */
public final class YamlText {

    /** Characters that a text has at most. */
    public static final int LONGEST = 1 << 20;

    private static final int DEEPEST = 20;

    private final Parser parser;
    private final List<YamlMistake> mistakes = new ArrayList<>();
    private final Map<String, Mark> marks = new HashMap<>();

    private YamlText(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST + 1);
        parser = new ParserImpl(new StreamReader(text), options);
    }

    /** A text that is refused as a whole, with the mistake that says why. */
    private static final class Unreadable extends RuntimeException {

        private final transient YamlMistake mistake;

        Unreadable(Mark mark, String message) {
            super(message, null, false, false);
            this.mistake = new YamlMistake(mark, "", message);
        }
    }

    /** What stands in a text, as far as it can be read, and every mistake that keeps some of it from being read. */
    public static YamlReading read(String text) {
        if (text.length() > LONGEST) {
            return new YamlReading(null, Map.of(), List.of(new YamlMistake(
                    Mark.START, "", "The text is too long: expected at most " + LONGEST + " characters, not " + text.length())));
        }
        List<YamlMistake> refused = new ArrayList<>();
        try {
            YamlText reader = new YamlText(text);
            YamlNode root = reader.document();
            return new YamlReading(root, reader.marks, reader.mistakes);
        } catch (Unreadable unreadable) {
            refused.add(unreadable.mistake);
        } catch (MarkedYAMLException broken) {
            String context = Optional.ofNullable(broken.getContext()).map(words -> " (" + words + ")").orElse("");
            refused.add(new YamlMistake(mark(broken.getProblemMark()), "", "This is not YAML: " + broken.getProblem() + context));
        } catch (YAMLException broken) {
            refused.add(new YamlMistake(Mark.START, "", "This is not YAML: " + YamlMistake.shortened(String.valueOf(broken.getMessage()))));
        }
        return new YamlReading(null, Map.of(), refused);
    }

    private static Mark mark(org.yaml.snakeyaml.error.@Nullable Mark mark) {
        return mark == null ? Mark.START : new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private YamlNode document() {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw new Unreadable(Mark.START, "There is nothing in it");
        }
        parser.getEvent();
        YamlNode root = node("", 0);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new Unreadable(mark(parser.peekEvent().getStartMark()), "Only one document is read: remove the line --- and what follows it");
        }
        return root;
    }

    private YamlNode node(String path, int depth) {
        Event event = parser.getEvent();
        Mark mark = mark(event.getStartMark());
        marks.putIfAbsent(path, mark);
        if (depth > DEEPEST) {
            throw new Unreadable(mark, "This is nested deeper than anything that is read: at most " + DEEPEST + " levels");
        }
        refuseSpecials(event, mark, path);
        if (event instanceof SequenceStartEvent) {
            return sequence(mark, path, depth);
        }
        if (event instanceof MappingStartEvent) {
            return mapping(mark, path, depth);
        }
        return event instanceof ScalarEvent scalar
                ? new Scalar(mark, scalar.getValue(), scalar.isPlain())
                : new Scalar(mark, "", true);
    }

    private void refuseSpecials(Event event, Mark mark, String path) {
        if (event instanceof AliasEvent) {
            mistakes.add(new YamlMistake(mark, path, "Aliases are not followed: write out what it stands for, so that a reviewer sees it here"));
        } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
            mistakes.add(new YamlMistake(mark, path, "Anchors are not read: remove &" + YamlMistake.shortened(node.getAnchor())));
        }
        String tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case SequenceStartEvent sequence -> sequence.getTag();
            case MappingStartEvent mapping -> mapping.getTag();
            case Event _ -> null;
        };
        if (tag != null) {
            mistakes.add(new YamlMistake(mark, path, "Tags are not read: remove " + YamlMistake.shortened(tag)));
        }
    }

    private Sequence sequence(Mark mark, String path, int depth) {
        List<YamlNode> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(path + "[" + items.size() + "]", depth + 1));
        }
        parser.getEvent();
        return new Sequence(mark, List.copyOf(items));
    }

    /** Of a field that is said twice the first one counts. */
    private Mapping mapping(Mark mark, String path, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(path + "{" + entries.size() + "}", depth + 1);
            if (!(key instanceof Scalar named)) {
                throw new Unreadable(key.mark(), "The name of a field is one word, not " + key.kind());
            }
            String below = path.isEmpty() ? named.text() : path + "." + named.text();
            Entry before = entries.get(named.text());
            if (before != null) {
                mistakes.add(new YamlMistake(key.mark(), below, "\"" + YamlMistake.shortened(named.text()) + "\" is said twice: line " + before.mark().line()
                        + " says it too; remove one of them"));
            }
            YamlNode value = node(below, depth + 1);
            entries.putIfAbsent(named.text(), new Entry(key.mark(), named.text(), value));
        }
        parser.getEvent();
        return new Mapping(mark, List.copyOf(entries.values()));
    }
}
