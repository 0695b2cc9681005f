package dev.headroom.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.ForAll;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is written is read again as it was, by us and by others. */
class YamlWriterTest {

    @Test
    void aTextIsLaidOutForPeople() {
        YamlWriter out = new YamlWriter();
        out.comment("What is sold").field("form", 1).each("items", List.of("one", "two"), (item, name) -> item.field("key", name).field("left", null)
                .below("price", price -> price.number("each", "0.04").field("currency", "USD")).line("tags", List.of("a", "b, c", "yes")).line("none", List.of()));
        assertThat(out).hasToString("""
                # What is sold
                form: 1
                items:
                  - key: one
                    price:
                      each: 0.04
                      currency: USD
                    tags: [a, "b, c", "yes"]
                  - key: two
                    price:
                      each: 0.04
                      currency: USD
                    tags: [a, "b, c", "yes"]
                """);
    }

    @Test
    void everyTextIsReadAgainAsItWas() {
        ForAll.forAll(YamlWriterTest::text, words -> {
            String written = new YamlWriter().field("text", words).line("list", List.of(words)).toString();
            YamlFields read = YamlText.read(written).fields(Set.of("text", "list")).orElseThrow();
            assertThat(read.text("text")).as(written).contains(words);
            assertThat(read.texts("list")).as(written).containsExactly(words);
            assertThat(new Yaml().<Map<String, Object>>load(written)).as(written).containsEntry("text", words);
        });
    }

    private static String text(SplittableRandom random) {
        List<String> pieces = List.of(
                "a", "Plan", "yes", "null", "~", "1", "1e5", "0x1F", "2026-01-01", " ", "\n", "\t", ":", ": ", " #", "- ", "&", "*", "!", "|", ">", "%", "@", "`", "'", "\"", "\\",
                "{", "}", "[", "]", ",", "?", "=", "<b>", "é", "漢", "😀", "\u202E", "\u200B", "\u0085", "\u2028", "\uFEFF", "\u0007");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
