package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Which endpoint answers which verb and path. */
final class Routes {

    private final List<Route> routes = new ArrayList<>();

    void get(String template, Function<Call, ObjectNode> endpoint) {
        add("GET", template, endpoint);
    }

    void post(String template, Function<Call, ObjectNode> endpoint) {
        add("POST", template, endpoint);
    }

    /** One that is asked with POST and changes nothing: there is nothing that could happen twice, and every answer is of its own moment. */
    void ask(String template, Function<Call, ObjectNode> endpoint) {
        routes.add(new Route("POST", List.of(template.split("/")), endpoint, true));
    }

    void delete(String template, Function<Call, ObjectNode> endpoint) {
        add("DELETE", template, endpoint);
    }

    /** The route for a request, literal paths before those with variables. */
    Optional<Match> find(String verb, String path) {
        List<String> segments = List.of(path.split("/"));
        return routes.stream().filter(route -> route.verb.equals(verb))
                .flatMap(route -> route.match(segments).stream())
                .min(Comparator.comparingInt(match -> match.ids.size()));
    }

    private void add(String verb, String template, Function<Call, ObjectNode> endpoint) {
        routes.add(new Route(verb, List.of(template.split("/")), endpoint, false));
    }

    /** @param asks whether nothing is changed */
    record Match(Function<Call, ObjectNode> endpoint, List<String> ids, boolean asks) {}

    private record Route(String verb, List<String> template, Function<Call, ObjectNode> endpoint, boolean asks) {

        private Optional<Match> match(List<String> segments) {
            if (segments.size() != template.size()) {
                return Optional.empty();
            }
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < segments.size(); i++) {
                if (template.get(i).startsWith("{")) {
                    ids.add(segments.get(i));
                } else if (!template.get(i).equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Match(endpoint, ids, asks));
        }
    }
}
