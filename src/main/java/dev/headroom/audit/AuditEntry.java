package dev.headroom.audit;

import dev.headroom.occasion.Origin;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One act.
 *
 * @param account     whose data it touched; absent for acts on the vendor's own things
 * @param actor       {@link dev.headroom.actor.Actor#name()}
 * @param operation   an imperative, as the schema names it: {@code createAccount}
 * @param subject     the kind of thing: {@code account}
 * @param partOf      what the thing is a part of, or decides about, whose log has the entry too; absent where it stands by itself
 * @param before      JSON, absent when the thing is new
 * @param after       JSON, absent when the thing is gone
 * @param origin      where it came from; of what we do in the course of somebody's request, theirs
 * @param reason      in the words of whoever did it; absent where nobody said
 * @param correlation the same for all that came of one request, click, event of Stripe's or run of a job; absent of what was written before it was noted
 */
public record AuditEntry(
        UUID id, @Nullable UUID account, Instant at, String actor, String operation, String subject, String subjectId, @Nullable Thing partOf,
        @Nullable String before, @Nullable String after, Origin origin, @Nullable String reason, @Nullable UUID correlation) {

    /** Something that acts are done to. @param subject its kind */
    public record Thing(String subject, String id) {}
}
