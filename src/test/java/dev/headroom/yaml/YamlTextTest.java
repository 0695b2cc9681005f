package dev.headroom.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.yaml.YamlNode.Mark;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A text is read with the place of everything in it, and nothing in it does more than stand there. */
class YamlTextTest {

    private enum Size { SMALL, LARGE }

    @Test
    void everyValueKnowsWhereItStands() {
        YamlReading reading = YamlText.read("# first\nitems:\n  - key: one\n    size: 5\n  - key: \"two\"\n    tags: [a, b]\n");
        assertThat(reading.at("items[0].size")).isEqualTo(new Mark(4, 11));
        assertThat(reading.at("items[1].tags[1]")).isEqualTo(new Mark(6, 15));
        assertThat(reading.at("items[1].nothing.here")).as("the nearest around it").isEqualTo(new Mark(5, 5));
        assertThat(reading.at("nowhere")).isEqualTo(new Mark(2, 1));
    }

    @Test
    void typedValuesAreTakenOutOfIt() {
        YamlFields fields = YamlText.read("text: yes\nwhole: -5\nflag: true\nword: LARGE\nat: 2026-03-01T01:00:00+01:00\nnumbers: [1, 2]\nempty:\nnull: ~\n")
                .fields(Set.of("text", "whole", "flag", "word", "at", "numbers", "empty", "null")).orElseThrow();
        assertThat(fields.text("text")).as("no word is anything but a text").contains("yes");
        assertThat(fields.whole("whole")).contains(-5L);
        assertThat(fields.flag("flag")).contains(true);
        assertThat(fields.word("word", Size.class)).contains(Size.LARGE);
        assertThat(fields.instant("at").map(Object::toString)).contains("2026-03-01T00:00:00Z");
        assertThat(fields.numbers("numbers")).containsExactly(1, 2);
        assertThat(fields.has("empty") || fields.has("null")).isFalse();
    }

    @Test
    void whatIsNotExpectedIsNotedWhereItStands() {
        YamlReading reading = YamlText.read("size: smal\ncount: many\nflag: on\nat: tomorrow\nlist: one\nfields: [1]\ncuont: 5\nbig: 99999999999\nlong: 1234567890123456789012\n");
        YamlFields fields = reading.fields(Set.of("size", "count", "flag", "at", "list", "fields", "big", "long")).orElseThrow();
        fields.word("size", Size.class);
        fields.number("count");
        fields.flag("flag");
        fields.instant("at");
        fields.texts("list");
        fields.fields("fields", Set.of());
        fields.number("big");
        fields.whole("long");
        fields.need("missing", "say it");
        assertThat(told(reading)).containsExactly(
                "1:1 missing: \"missing\" is missing: say it",
                "1:7 size: Expected one of SMALL, LARGE, not \"smal\"; did you mean \"SMALL\"?",
                "2:8 count: Expected a whole number, not \"many\"",
                "3:7 flag: Expected true or false, not \"on\"",
                "4:5 at: Expected a point in time with its zone, such as 2026-03-01T00:00:00Z, not \"tomorrow\"",
                "5:7 list: Expected a list (each item on a line of its own that begins with \"- \"), not the value \"one\"",
                "6:9 fields: Expected fields (name: value), not a list",
                "7:1 cuont: There is no field \"cuont\" here; did you mean \"count\"?",
                "8:6 big: Expected a number of at most nine digits, not 99999999999",
                "9:7 long: Expected a whole number, not \"1234567890123456789012\"");
    }

    @Test
    void whatIsSaidTwiceCountsOnceAndIsTold() {
        YamlReading reading = YamlText.read("a: 1\nb: 2\na: 3\n");
        assertThat(reading.fields(Set.of("a", "b")).flatMap(fields -> fields.whole("a"))).contains(1L);
        assertThat(told(reading)).containsExactly("3:1 a: \"a\" is said twice: line 1 says it too; remove one of them");
    }

    @Test
    void aBombOfAliasesIsAsLargeAsItIsLong() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        YamlReading reading = YamlText.read(bomb.toString());
        assertThat(reading.mistakes()).hasSize(60 + 59 * 3);
        assertThat(told(reading).getFirst()).isEqualTo("1:5 a0: Anchors are not read: remove &a0");
        assertThat(told(reading)).contains("2:10 a1[0]: Aliases are not followed: write out what it stands for, so that a reviewer sees it here");
    }

    @Test
    void whatIsNestedTooDeepIsLeftAtOnce() {
        for (String deep : List.of("[".repeat(100_000), "{a: ".repeat(50_000), "- ".repeat(50_000), "? ".repeat(50_000))) {
            assertThat(told(YamlText.read(deep))).singleElement().asString().contains("nested deeper");
        }
    }

    @Test
    void aTextThatIsTooLongIsNotLookedAt() {
        assertThat(told(YamlText.read("a".repeat(10_000_000)))).containsExactly("1:1 : The text is too long: expected at most 1048576 characters, not 10000000");
    }

    @Test
    void tagsAndFurtherDocumentsAreNotRead() {
        assertThat(told(YamlText.read("a: !!javax.script.ScriptEngineManager [x]\nb: !!int \"5\"\n"))).containsExactly(
                "1:4 a: Tags are not read: remove tag:yaml.org,2002:javax.script.ScriptEngineManager", "2:4 b: Tags are not read: remove tag:yaml.org,2002:int");
        assertThat(told(YamlText.read("a: 1\n---\nb: 2\n"))).singleElement().asString().startsWith("2:1").contains("Only one document");
        assertThat(told(YamlText.read("<<: {a: 1}\n"))).isEmpty();
        assertThat(told(YamlText.read(""))).containsExactly("1:1 : There is nothing in it");
        assertThat(YamlText.read("[1]").fields(Set.of())).isEqualTo(Optional.empty());
    }

    @Test
    void whatIsNoYamlSaysWhere() {
        assertThat(told(YamlText.read("a: 1\nb: [1, 2\nc: 3\n"))).singleElement().asString().startsWith("3:").contains("This is not YAML");
        assertThat(told(YamlText.read("a: \"open\n"))).singleElement().asString().contains("This is not YAML");
        assertThat(told(YamlText.read("a: 1\n\tb: 2\n"))).singleElement().asString().startsWith("2:1");
        assertThat(told(YamlText.read("a: \u0000"))).singleElement().asString().contains("This is not YAML");
    }

    private static List<String> told(YamlReading reading) {
        return reading.mistakes().stream().map(mistake -> mistake.mark().line() + ":" + mistake.mark().column() + " " + mistake.path() + ": " + mistake.message()).toList();
    }
}
