package dev.headroom.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's form encoding: {@code items[0][price]=x} and {@code expand[]=x} become nested hashes. */
final class Form {

    private static final Pattern NAME = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*])*)");
    private static final Pattern BRACKET = Pattern.compile("\\[([^\\[\\]]*)]");

    private Form() {}

    /** Decodes any number of encoded texts (a query, a body) into one tree. */
    static ObjectNode decode(String... encoded) {
        ObjectNode tree = Json.object();
        for (String text : encoded) {
            for (String pair : text.split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    add(tree, plain(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : plain(pair.substring(equals + 1)));
                }
            }
        }
        return tree;
    }

    private static void add(ObjectNode tree, String name, String value) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw StripeError.invalid("parameter_unknown", name, "Received unknown parameter: " + name);
        }
        List<String> keys = new ArrayList<>(List.of(matcher.group(1)));
        BRACKET.matcher(matcher.group(2)).results().forEach(bracket -> keys.add(bracket.group(1)));
        ObjectNode node = tree;
        for (String key : keys.subList(0, keys.size() - 1)) {
            node = hash(node, key.isEmpty() ? String.valueOf(node.size()) : key, name);
        }
        String last = keys.getLast();
        node.put(last.isEmpty() ? String.valueOf(node.size()) : last, value);
    }

    private static ObjectNode hash(ObjectNode node, String key, String name) {
        JsonNode existing = node.get(key);
        if (existing == null) {
            return node.putObject(key);
        }
        if (existing instanceof ObjectNode hash) {
            return hash;
        }
        throw StripeError.invalid(null, name, "Invalid object");
    }

    private static String plain(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw StripeError.invalid(null, null, "Invalid form encoding: " + encoded);
        }
    }
}
