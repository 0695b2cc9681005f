package dev.headroom.audit;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries.Mark;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.occasion.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import tools.jackson.databind.json.JsonMapper;

@Controller
class AuditController {

    private static final int LARGEST_PAGE = 100;

    private final AuditEntries entries;
    private final JsonMapper json;

    AuditController(AuditEntries entries, JsonMapper json) {
        this.entries = entries;
        this.json = json;
    }

    /** A filter as it comes from outside. */
    record Wanted(
            @Nullable String actor, @Nullable String operation, @Nullable String subject, @Nullable String subjectId, @Nullable String accountId,
            @Nullable Origin origin, @Nullable String correlationId, @Nullable Instant from, @Nullable Instant until, @Nullable String text) {

        static final Wanted EVERYTHING = new Wanted(null, null, null, null, null, null, null, null, null, null);

        AuditFilter filter() {
            return new AuditFilter(
                    text("actor", actor), text("operation", operation), text("subject", subject), text("subjectId", subjectId), id("accountId", accountId), origin,
                    id("correlationId", correlationId), from, until, text("text", text));
        }

        private static @Nullable String text(String field, @Nullable String value) {
            return value == null ? null : Check.text("filter." + field, value);
        }

        private static @Nullable UUID id(String field, @Nullable String value) {
            return value == null ? null : Ids.parse(value).orElseThrow(() -> HeadroomException.invalid("filter." + field, "Expected an id"));
        }
    }

    record Page(List<Edge> edges, Info pageInfo, String csv) {}

    record Edge(AuditEntry node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    @QueryMapping
    Page auditEntries(@Argument @Nullable Wanted filter, @Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        AuditFilter wanted = Optional.ofNullable(filter).orElse(Wanted.EVERYTHING).filter();
        List<AuditEntry> found = entries.page(actor, wanted, after == null ? null : Mark.parse(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(entry -> new Edge(entry, Mark.of(entry).text())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()), AuditDownloadController.path(wanted));
    }

    @QueryMapping
    Optional<AuditEntry> auditEntry(@Argument String id, @ContextValue Actor actor) {
        return entries.find(actor, Ids.parse(id).orElseThrow(() -> HeadroomException.invalid("id", "Expected the id of an audit entry")));
    }

    @SchemaMapping(typeName = "AuditEntry")
    @Nullable Object before(AuditEntry entry) {
        return value(entry.before());
    }

    @SchemaMapping(typeName = "AuditEntry")
    @Nullable Object after(AuditEntry entry) {
        return value(entry.after());
    }

    @SchemaMapping(typeName = "AuditEntry")
    @Nullable UUID correlationId(AuditEntry entry) {
        return entry.correlation();
    }

    private @Nullable Object value(@Nullable String text) {
        return text == null ? null : json.readValue(text, Object.class);
    }
}
