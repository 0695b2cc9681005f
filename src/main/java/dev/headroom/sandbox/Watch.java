package dev.headroom.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /_sandbox/watch}: what the sandbox holds and what happens in it, to look at and never to change. It asks for no key, for the sandbox
 * listens on this machine alone; so that no page of another site looks over the shoulder, only requests to this machine by its name are answered.
 */
final class Watch {

    static final String PATH = "/_sandbox/watch";
    private static final Pattern HERE = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");
    private static final int PAGE = 50;

    private final TransactionRepository transactions;
    private final InstantSource clock;
    private final String account;
    private final UnaryOperator<String> links;
    private final String page = resource("/sandbox/watch.html");

    /** @param links puts the sandbox's address into what links to its pages */
    Watch(TransactionRepository transactions, InstantSource clock, String account, UnaryOperator<String> links) {
        this.transactions = transactions;
        this.clock = clock;
        this.account = account;
        this.links = links;
    }

    WebPage answer(String verb, @Nullable String host, URI address) {
        if (!verb.equals("GET") || host == null || !HERE.matcher(host).matches()) {
            return WebPage.html(403, "<!doctype html><title>Not here</title><p>The sandbox is watched with GET, from the machine that it runs on.");
        }
        Parameters asked = Parameters.of(Form.decode(Objects.requireNonNullElse(address.getRawQuery(), ""), ""));
        try {
            return switch (address.getPath().substring(PATH.length())) {
                case "", "/" -> WebPage.html(200, page);
                case "/summary" -> json(summary());
                case "/objects" -> json(objects(kind(asked.requireText("kind")), page(asked)));
                case "/object" -> object(asked.requireText("id")).map(this::json).orElseGet(Watch::nothing);
                case "/events" -> json(events(page(asked)));
                case String _ -> nothing();
            };
        } catch (StripeError wrong) {
            return WebPage.html(wrong.status(), "<!doctype html><title>Not so</title><p>There is no such list or place in it.");
        }
    }

    private WebPage json(ObjectNode answer) {
        return WebPage.json(links.apply(answer.toString()));
    }

    private static WebPage nothing() {
        return WebPage.html(404, "<!doctype html><title>Nothing here</title><p>There is nothing of this name.");
    }

    private static Page page(Parameters asked) {
        return new Page(PAGE, asked.text("after"), null);
    }

    private static Kind kind(String name) {
        return Stream.of(Kind.values()).filter(kind -> kind.object().equals(name)).findFirst()
                .orElseThrow(() -> StripeError.invalid("parameter_invalid", "kind", "No such kind: " + name));
    }

    private ObjectNode summary() {
        return transactions.run(transaction -> {
            Map<Kind, Long> counts = transaction.documents().counts();
            ObjectNode summary = Json.object().put("account", account).put("now", clock.instant().getEpochSecond());
            ArrayNode kinds = summary.putArray("kinds");
            Stream.of(Kind.values()).filter(counts::containsKey).forEach(kind -> kinds.addObject()
                    .put("kind", kind.object()).put("prefix", kind.prefix()).put("count", counts.get(kind)));
            OccurrenceRepository.Backlog backlog = transaction.occurrences().backlog(clock.instant());
            summary.putObject("events").put("count", backlog.events()).put("due", backlog.due()).put("later", backlog.later()).put("given_up", backlog.givenUp());
            return summary;
        });
    }

    private ObjectNode objects(Kind kind, Page page) {
        List<ObjectNode> found = transactions.run(transaction -> transaction.documents().everything(kind, page));
        return page.list(kind.url(), found.stream().map(Rendering::plain).toList());
    }

    private Optional<ObjectNode> object(String id) {
        return transactions.run(transaction -> transaction.documents().find(id).or(() -> transaction.occurrences().find(id))).map(Rendering::plain);
    }

    /** Each with how far it is on its way to its listeners. */
    private ObjectNode events(Page page) {
        return transactions.run(transaction -> {
            OccurrenceRepository occurrences = transaction.occurrences();
            ObjectNode list = page.list("/v1/events", occurrences.page(List.of(), Events.Created.EVER, page));
            List<ObjectNode> shown = Json.objects(list.path("data"));
            Map<String, Long> undelivered = occurrences.undelivered(shown.stream().map(event -> Json.required(event, "id")).toList());
            shown.forEach(event -> event.put("undelivered", undelivered.getOrDefault(Json.required(event, "id"), 0L)));
            return list;
        });
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Watch.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
