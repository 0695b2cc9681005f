package dev.headroom.yaml;

import dev.headroom.yaml.YamlNode.Mark;

/**
 * Something that is wrong in a text.
 *
 * @param path    of the value: {@code products[0].plans[1].rank}; empty for the text as a whole
 * @param message what is wrong, and what would be right
 */
public record YamlMistake(Mark mark, String path, String message) {

    private static final int LONGEST = 60;

    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
