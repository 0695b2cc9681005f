package dev.headroom.audit;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.id.Ids;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
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

    private final AuditRepository entries;
    private final JsonMapper json;
    private final InstantSource clock;

    AuditEntries(AuditRepository entries, JsonMapper json, InstantSource clock) {
        this.entries = entries;
        this.json = json;
        this.clock = clock;
    }

    /** Records that a thing was made; {@code after} becomes JSON. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void created(Actor actor, String operation, @Nullable UUID account, String subject, Object id, Object after) {
        changed(actor, operation, account, subject, id, null, after);
    }

    /** Records a thing as it was and as it is; either may be absent. Neither may hold a secret. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(
            Actor actor, String operation, @Nullable UUID account, String subject, Object id,
            @Nullable Object before, @Nullable Object after) {
        entries.insert(new AuditEntry(
                Ids.next(), account, clock.instant(), actor.name(), operation, subject, id.toString(), text(before), text(after)));
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

    private @Nullable String text(@Nullable Object value) {
        return Optional.ofNullable(value).map(json::writeValueAsString).orElse(null);
    }
}
