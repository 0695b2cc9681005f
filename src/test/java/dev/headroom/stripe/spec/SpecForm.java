package dev.headroom.stripe.spec;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's bracket notation, read for checking: what is malformed becomes a problem instead of an exception. */
record SpecForm(ObjectNode value, List<SpecProblem> problems) {

    private static final Pattern NAME = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*])*)");
    private static final Pattern BRACKET = Pattern.compile("\\[([^\\[\\]]*)]");

    static SpecForm parse(String encoded) {
        SpecForm form = new SpecForm(JsonNodeFactory.instance.objectNode(), new ArrayList<>());
        Set<String> seen = new HashSet<>();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
                form.add(name, equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8), seen);
            }
        }
        return form;
    }

    private void add(String name, String text, Set<String> seen) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            problems.add(new SpecProblem(name, "malformed parameter name"));
            return;
        }
        if (!name.endsWith("[]") && !seen.add(name)) {
            problems.add(new SpecProblem(name, "sent twice"));
        }
        List<String> keys = new ArrayList<>(List.of(matcher.group(1)));
        BRACKET.matcher(matcher.group(2)).results().forEach(bracket -> keys.add(bracket.group(1)));
        ObjectNode node = value;
        for (String key : keys.subList(0, keys.size() - 1)) {
            String at = key.isEmpty() ? String.valueOf(node.size()) : key;
            JsonNode next = node.has(at) ? node.get(at) : node.putObject(at);
            if (!(next instanceof ObjectNode hash)) {
                problems.add(new SpecProblem(name, "used both as a value and as a hash"));
                return;
            }
            node = hash;
        }
        String last = keys.getLast().isEmpty() ? String.valueOf(node.size()) : keys.getLast();
        if (node.get(last) instanceof ObjectNode) {
            problems.add(new SpecProblem(name, "used both as a value and as a hash"));
        } else {
            node.put(last, text);
        }
    }
}
