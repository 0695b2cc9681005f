package dev.headroom.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is another than before, field by field. */
class FieldChangeTest {

    private static List<String> between(String before, String after) {
        return FieldChange.between(FieldText.parse(before), FieldText.parse(after)).stream()
                .map(change -> String.join(".", change.path()) + ": " + change.before() + " -> " + change.after())
                .toList();
    }

    @Test
    void whatIsNestedIsGoneIntoAndWhatIsTheSameIsNotMentioned() {
        assertThat(between("{\"a\": 1, \"b\": {\"c\": \"x\", \"d\": true}}", "{\"a\": 1, \"b\": {\"c\": \"y\", \"d\": true}, \"e\": null}")).containsExactly("b.c: \"x\" -> \"y\"");
        assertThat(between("{\"a\": 1}", "{\"a\": 1}")).isEmpty();
    }

    @Test
    void ofWhatIsNewOrGoneAllIsTold() {
        assertThat(between(null, "{\"id\": {\"value\": \"7\"}, \"name\": \"Team\"}")).containsExactly("id: null -> \"7\"", "name: null -> \"Team\"");
        assertThat(between("\"cus_1\"", null)).containsExactly(": \"cus_1\" -> null");
        assertThat(between(null, null)).isEmpty();
    }

    @Test
    void anAmountIsOneValueAndSoIsAListOfThem() {
        assertThat(between("{\"price\": {\"minor\": 4900, \"currency\": \"USD\"}, \"tags\": [\"a\"]}", "{\"price\": {\"minor\": 5900, \"currency\": \"USD\"}, \"tags\": [\"a\", \"b\"]}"))
                .containsExactly("price: {\"minor\":4900,\"currency\":\"USD\"} -> {\"minor\":5900,\"currency\":\"USD\"}", "tags: [\"a\"] -> [\"a\",\"b\"]");
    }

    @Test
    void elementsAreComparedByWhatTheyAreCalledAndOtherwiseByTheirPlace() {
        assertThat(between("{\"list\": [{\"key\": \"a\", \"n\": 1}, {\"key\": \"b\", \"n\": 2}]}", "{\"list\": [{\"key\": \"b\", \"n\": 3}]}"))
                .containsExactly("list.b.n: 2 -> 3", "list.a.key: \"a\" -> null", "list.a.n: 1 -> null");
        assertThat(between("{\"list\": [{\"n\": 1}, {\"n\": 2}]}", "{\"list\": [{\"n\": 1}, {\"n\": 4}]}")).containsExactly("list.2.n: 2 -> 4");
        assertThat(between("{\"prices\": [{\"interval\": \"MONTH\", \"currency\": \"USD\", \"flat\": 1}]}", "{\"prices\": [{\"interval\": \"MONTH\", \"currency\": \"USD\", \"flat\": 2}]}"))
                .containsExactly("prices.MONTH USD.flat: 1 -> 2");
    }
}
