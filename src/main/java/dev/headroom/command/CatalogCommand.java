package dev.headroom.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code catalog export|diff|apply FILE}: keeps the catalogue of a running Headroom in a file. Mistakes in the file are told as compilers do, {@code FILE:line:column},
 * so that editors and CI find the place.
 */
public final class CatalogCommand {

    static final int AGREES = 0;
    static final int DIFFERS = 1;
    static final int FAILED = 2;

    private static final Set<String> OPTIONS = Set.of("--url", "--key-file", "--expect", "--reason");
    private static final String FOUND = "fingerprint applicable agrees findings { error line column path message } differences { subject effect key words line }";
    private static final String APPLIED = """
            mutation ($input: ApplyCatalogInput!) { applyCatalog(input: $input) { __typename
              ... on CatalogApplied { done { subject effect key words line } remaining { %1$s } }
              ... on CatalogMoved { now { %1$s } } ... on CatalogHasFindings { found { %1$s } } } }""".formatted(FOUND);

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    CatalogCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** What is wrong with what was typed, or with what came back. */
    static final class Refused extends RuntimeException {

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private record Typed(String act, String file, Map<String, String> options) {}

    /** @return with what the process ends */
    public static int run(List<String> arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        return new CatalogCommand(System.getenv(), out, err).of(arguments);
    }

    int of(List<String> arguments) {
        try {
            Typed typed = typed(arguments);
            Server server = server(typed);
            return switch (typed.act()) {
                case "export" -> export(typed, server);
                case "diff" -> diff(typed, server);
                case "apply" -> apply(typed, server);
                case String other -> throw new Refused("There is no catalog " + other + "; there are export, diff and apply.");
            };
        } catch (Refused refused) {
            err.println(refused.getMessage());
            return FAILED;
        }
    }

    private static Typed typed(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (!word.startsWith("--")) {
                words.add(word);
            } else if (!OPTIONS.contains(option)) {
                throw new Refused("There is no option " + option + "; ./headroom help lists all.");
            } else if (equals >= 0) {
                options.put(option, word.substring(equals + 1));
            } else if (++i < arguments.size()) {
                options.put(option, arguments.get(i));
            } else {
                throw new Refused("The option " + option + " needs a value; ./headroom help shows how.");
            }
        }
        if (words.isEmpty() || words.size() > 2 || words.size() == 1 && !words.getFirst().equals("export")) {
            throw new Refused("Say what to do with which file: catalog export [FILE], catalog diff FILE, or catalog apply FILE.");
        }
        return new Typed(words.getFirst(), words.size() == 2 ? words.get(1) : "-", options);
    }

    private Server server(Typed typed) {
        String url = Optional.ofNullable(typed.options().get("--url")).or(() -> Optional.ofNullable(environment.get("HEADROOM_URL")))
                .orElseGet(() -> "http://localhost:" + environment.getOrDefault("HEADROOM_PORT", "8080"));
        String file = typed.options().get("--key-file");
        String key = file == null ? environment.getOrDefault("HEADROOM_API_KEY", "") : read(file);
        if (key.isBlank()) {
            throw new Refused("Give an API key with the permission CATALOG in the variable HEADROOM_API_KEY, or in a file that --key-file names.");
        }
        return new Server(url, key.strip());
    }

    // --- What is done ------------------------------------------------------------------------------------------------

    private int export(Typed typed, Server server) {
        String yaml = server.ask("{ exportCatalog }", Map.of()).at("/exportCatalog").asString();
        if (typed.file().equals("-")) {
            out.print(yaml);
            out.flush();
            return AGREES;
        }
        try {
            Files.writeString(path(typed.file()), yaml);
            return AGREES;
        } catch (IOException failed) {
            throw new Refused("Cannot write " + typed.file() + ": " + failed.getMessage());
        }
    }

    private int diff(Typed typed, Server server) {
        JsonNode found = preview(server, read(typed.file()));
        findings(typed, found);
        if (!found.at("/applicable").asBoolean()) {
            return FAILED;
        }
        differences(found.at("/differences"));
        if (found.at("/agrees").asBoolean()) {
            out.println("No difference: what is sold is as " + typed.file() + " says.");
            return AGREES;
        }
        out.println("Fingerprint " + found.at("/fingerprint").asString() + ": catalog apply " + typed.file() + " --expect it applies exactly this.");
        return DIFFERS;
    }

    private int apply(Typed typed, Server server) {
        String yaml = read(typed.file());
        String expected = typed.options().get("--expect");
        String fingerprint = expected == null ? preview(server, yaml).at("/fingerprint").asString() : expected;
        Map<String, Object> input = new HashMap<>(Map.of(
                "yaml", yaml, "expectedFingerprint", fingerprint,
                // The same file over the same catalogue is the same command, however often it is sent.
                "idempotencyKey", "catalog-file:" + fingerprint));
        Optional.ofNullable(typed.options().get("--reason")).ifPresent(reason -> input.put("reason", reason));
        JsonNode answer = server.ask(APPLIED, Map.of("input", input)).at("/applyCatalog");
        return switch (answer.at("/__typename").asString()) {
            case "CatalogApplied" -> applied(typed, answer);
            case "CatalogMoved" -> throw new Refused("The catalogue, an open draft or the file is not what the fingerprint was of. Nothing was changed; look at catalog diff "
                    + typed.file() + " again.");
            case "CatalogHasFindings" -> {
                findings(typed, answer.at("/found"));
                yield FAILED;
            }
            case String other -> throw new Refused("The server answered " + other + ", which is not known here.");
        };
    }

    private int applied(Typed typed, JsonNode answer) {
        findings(typed, answer.at("/remaining"));
        differences(answer.at("/done"));
        List<String> waiting = answer.at("/remaining/differences").valueStream().filter(each -> each.at("/effect").asString().equals("WAITING"))
                .map(each -> each.at("/key").asString()).toList();
        out.println(answer.at("/done").isEmpty() ? "Nothing to do." : "Applied.");
        if (!waiting.isEmpty()) {
            out.println("Drafts that wait to be published: " + String.join(", ", waiting));
        }
        return AGREES;
    }

    private static JsonNode preview(Server server, String yaml) {
        return server.ask("query ($yaml: String!) { previewCatalogImport(yaml: $yaml) { " + FOUND + " } }", Map.of("yaml", yaml)).at("/previewCatalogImport");
    }

    // --- What is said ------------------------------------------------------------------------------------------------

    private void findings(Typed typed, JsonNode found) {
        found.at("/findings").valueStream().forEach(each -> err.println(typed.file() + ":" + each.at("/line").asInt() + ":" + each.at("/column").asInt() + ": "
                + (each.at("/error").asBoolean() ? "error: " : "warning: ") + plain(each.at("/message").asString())
                + (each.at("/path").asString().isEmpty() ? "" : " [" + plain(each.at("/path").asString()) + "]")));
    }

    private void differences(JsonNode differences) {
        for (JsonNode each : differences) {
            out.println(effect(each.at("/effect").asString()) + each.at("/subject").asString().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                    + plain(each.at("/key").asString()));
            each.at("/words").valueStream().forEach(words -> out.println("    " + plain(words.asString())));
        }
    }

    private static String effect(String effect) {
        return switch (effect) {
            case "CREATED" -> "+ create ";
            case "CHANGED" -> "~ change ";
            case "DRAFTED" -> "~ draft ";
            case "WAITING" -> "= drafted already, not published: ";
            case "ENDED" -> "- end ";
            case "LEFT" -> "  leave ";
            case String other -> other + " ";
        };
    }

    /** What a terminal would obey is not for a terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    // --- Files -------------------------------------------------------------------------------------------------------

    /** The launcher goes to a folder of its own before it starts Java. */
    private Path path(String file) {
        return Path.of(environment.getOrDefault("HEADROOM_FROM", "")).resolve(file);
    }

    private String read(String file) {
        try {
            return file.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : Files.readString(path(file));
        } catch (NoSuchFileException missing) {
            throw new Refused("There is no file " + file + ".");
        } catch (IOException failed) {
            throw new Refused("Cannot read " + file + " as UTF-8: " + failed.getMessage());
        }
    }
}
