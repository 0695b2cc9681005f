package dev.headroom.audit;

import dev.headroom.error.HeadroomException;
import dev.headroom.occasion.Origin;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries: those that are everything that is named; whatever is absent may be anything.
 *
 * @param actor     {@link dev.headroom.actor.Actor#name()}
 * @param subjectId of a thing, with or without its kind: with what was done to its parts
 * @param account   whose data was touched
 * @param from      the first instant
 * @param until     the first instant after them
 * @param text      an id of the subject or the correlation, or the beginnings of words in the thing's key or name, or the reason
 */
public record AuditFilter(
        @Nullable String actor, @Nullable String operation, @Nullable String subject, @Nullable String subjectId, @Nullable UUID account,
        @Nullable Origin origin, @Nullable UUID correlation, @Nullable Instant from, @Nullable Instant until, @Nullable String text) {

    public static final AuditFilter EVERYTHING = new AuditFilter(null, null, null, null, null, null, null, null, null, null);

    /** @throws HeadroomException INVALID_INPUT where it ends before it begins */
    public AuditFilter {
        if (from != null && until != null && !from.isBefore(until)) {
            throw HeadroomException.invalid("filter.until", "Expected an instant after from, " + from);
        }
    }

    /** What was done to one thing, and to its parts. */
    public static AuditFilter ofSubject(String subject, String id) {
        return new AuditFilter(null, null, subject, id, null, null, null, null, null, null);
    }

    /** What touched one account's data. */
    public static AuditFilter ofAccount(UUID account) {
        return new AuditFilter(null, null, null, null, account, null, null, null, null, null);
    }
}
