package dev.headroom.audit;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntry.Thing;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.occasion.Occasion;
import dev.headroom.occasion.Origin;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries in the transaction of the act, so that there is neither an act without one nor one without an act. */
@Service
public class AuditEntries {

    private static final List<String> WAYS_IN = List.of("console:", "api-key:", "system:");
    /** A letter that no id and no part begins with, and that every order of texts has at its end. */
    private static final String AFTER_ALL = "zz";

    private final AuditRepository entries;
    private final JsonMapper json;
    private final InstantSource clock;

    AuditEntries(AuditRepository entries, JsonMapper json, InstantSource clock) {
        this.entries = entries;
        this.json = json;
        this.clock = clock;
    }

    /** A place in the order of entries, which is that of time, newest first. */
    public record Mark(Instant at, UUID id) {

        private static final String BETWEEN = "_";

        public static Mark of(AuditEntry entry) {
            return new Mark(entry.at(), entry.id());
        }

        String text() {
            return at + BETWEEN + id;
        }

        /** @throws HeadroomException INVALID_INPUT for what is not the end of a page */
        static Mark parse(String text) {
            String[] parts = text.split(BETWEEN, 2);
            try {
                return new Mark(Instant.parse(parts[0]), Ids.parse(parts[parts.length - 1]).orElseThrow());
            } catch (DateTimeParseException | NoSuchElementException ours) {
                throw HeadroomException.invalid("after", "Expected the endCursor of the page before");
            }
        }
    }

    /**
     * A thing that is a part of another, or decides about it: what is done to it is in the log of that too.
     *
     * @param subject its kind
     */
    public record Part(String subject, Object id, Thing of) {}

    /** Records that a thing was made; {@code after} becomes JSON. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void created(Actor actor, String operation, @Nullable UUID account, String subject, Object id, Object after) {
        write(actor, operation, account, new About(subject, id, null), null, after, null);
    }

    /** Records a thing as it was and as it is; either may be absent. Neither may hold a secret. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(
            Actor actor, String operation, @Nullable UUID account, String subject, Object id,
            @Nullable Object before, @Nullable Object after) {
        write(actor, operation, account, new About(subject, id, null), before, after, null);
    }

    /** The same of an act that is asked to be given a reason for, which goes before that of the request. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(
            Actor actor, String operation, @Nullable UUID account, String subject, Object id,
            @Nullable Object before, @Nullable Object after, @Nullable String reason) {
        write(actor, operation, account, new About(subject, id, null), before, after, reason);
    }

    /** The same of a part of something. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(
            Actor actor, String operation, @Nullable UUID account, Part part, @Nullable Object before, @Nullable Object after, @Nullable String reason) {
        write(actor, operation, account, new About(part.subject(), part.id(), part.of()), before, after, reason);
    }

    private record About(String subject, Object id, @Nullable Thing partOf) {}

    private void write(
            Actor actor, String operation, @Nullable UUID account, About about, @Nullable Object before, @Nullable Object after, @Nullable String reason) {
        Occasion occasion = Occasion.current().orElseGet(() -> Occasion.from(origin(actor)));
        entries.insert(new AuditEntry(
                Ids.next(), account, clock.instant(), actor.name(), operation, about.subject(), about.id().toString(), about.partOf(), text(before), text(after),
                occasion.origin(), reason == null ? occasion.reason() : reason, occasion.id()));
    }

    /** Of what happens on no occasion, such as the start of the program. */
    private static Origin origin(Actor actor) {
        return switch (actor) {
            case Actor.ConsoleUser user -> Origin.CONSOLE;
            case Actor.ApiKey key -> Origin.API_KEY;
            case Actor.Member member -> Origin.ACCOUNT_TOKEN;
            case Actor.System system -> Origin.SYSTEM;
        };
    }

    /** The newest entries about one account, newest first. */
    public List<AuditEntry> ofAccount(Actor actor, UUID account, int most) {
        actor.require(Permission.READ, account);
        return entries.ofAccount(account, most);
    }

    /** The newest about some things of one account, newest first. */
    public List<AuditEntry> ofSubjects(Actor actor, UUID account, Collection<String> subjects, int most) {
        actor.require(Permission.READ, account);
        return entries.ofSubjects(account, subjects, most);
    }

    /** Some entries, newest first; one statement, however many there are. For whoever may READ every account. */
    public List<AuditEntry> page(Actor actor, AuditFilter filter, @Nullable Mark after, int size) {
        actor.requireEveryAccount(Permission.READ);
        return entries.page(filter, after, size);
    }

    /** Who of the vendor has ever done something: keys, people and parts of Headroom, so many of each; not the members of accounts. For whoever may READ every account. */
    public List<String> actors(Actor actor, int most) {
        actor.requireEveryAccount(Permission.READ);
        return WAYS_IN.stream().flatMap(way -> entries.actors(way, way + AFTER_ALL, most).stream()).toList();
    }

    /** One entry, for whoever may READ every account. */
    public Optional<AuditEntry> find(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.READ);
        return entries.byId(id);
    }

    private @Nullable String text(@Nullable Object value) {
        return Optional.ofNullable(value).map(json::writeValueAsString).orElse(null);
    }
}
