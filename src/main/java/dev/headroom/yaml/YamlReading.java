package dev.headroom.yaml;

import dev.headroom.yaml.YamlNode.Mapping;
import dev.headroom.yaml.YamlNode.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A text that is being read: where everything in it stands, and what was found wrong so far, by whoever reads it. */
public final class YamlReading {

    private final @Nullable YamlNode root;
    private final Map<String, Mark> marks;
    private final List<YamlMistake> mistakes;

    YamlReading(@Nullable YamlNode root, Map<String, Mark> marks, List<YamlMistake> mistakes) {
        this.root = root;
        this.marks = Map.copyOf(marks);
        this.mistakes = new ArrayList<>(mistakes);
    }

    /** The fields of the document; empty after noting why there are none. @param known every field that it may have */
    public Optional<YamlFields> fields(Set<String> known) {
        return root == null ? Optional.empty() : fields("", root, known);
    }

    Optional<YamlFields> fields(String path, YamlNode node, Set<String> known) {
        if (node instanceof Mapping mapping) {
            return Optional.of(new YamlFields(this, path, mapping, known));
        }
        wrong(node.mark(), path, "Expected fields (name: value), not " + node.kind());
        return Optional.empty();
    }

    /** Notes that something is wrong at a path; where nothing stands there, with what is around it. */
    public void wrong(String path, String message) {
        wrong(at(path), path, message);
    }

    void wrong(Mark mark, String path, String message) {
        mistakes.add(new YamlMistake(mark, path, message));
    }

    /** The same of what somebody else refuses; what is wrong already is not said again in other words. */
    public void refused(String path, String message) {
        if (mistakes.stream().noneMatch(mistake -> mistake.path().equals(path))) {
            wrong(path, message);
        }
    }

    /** Whether something is wrong already with what stands at a path, or below it. */
    public boolean broken(String path) {
        return mistakes.stream().anyMatch(mistake -> mistake.path().equals(path) || mistake.path().startsWith(path + "."));
    }

    /** Where a path stands, or the nearest one around it. */
    public Mark at(String path) {
        String near = path;
        while (!marks.containsKey(near)) {
            int cut = Math.max(near.lastIndexOf('.'), near.lastIndexOf('['));
            near = cut < 0 ? "" : near.substring(0, cut);
            if (near.isEmpty()) {
                return marks.getOrDefault("", Mark.START);
            }
        }
        return marks.get(near);
    }

    /** In the order of the text. */
    public List<YamlMistake> mistakes() {
        return mistakes.stream().sorted(Comparator.comparing((YamlMistake mistake) -> mistake.mark().line()).thenComparing(mistake -> mistake.mark().column())).toList();
    }
}
