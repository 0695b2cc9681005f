package dev.headroom.signin;

import static dev.headroom.signin.jooq.Tables.SESSION;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who is signed in where: one that is ended lets nobody act any more, at once on this node and within a second on the others. */
@Service
public class Sessions {

    /** More sessions of one person than these are not shown. */
    static final int MOST_SHOWN = 50;

    private static final Duration COARSE = Duration.ofMinutes(1);
    /** A browser that is open tells so every few minutes; one that said nothing for so long died with its node. */
    private static final Duration GONE = Duration.ofHours(12);
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final SessionRepository sessions;
    private final ConsoleUsers users;
    private final AuditEntries audit;
    private final InstantSource clock;
    private final Cache<UUID, Optional<Session>> byId =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).maximumSize(10_000).build();

    Sessions(SessionRepository sessions, ConsoleUsers users, AuditEntries audit, InstantSource clock) {
        this.sessions = sessions;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody has signed in. @param userAgent as the browser says it; of it only the browser's name is kept */
    @Transactional
    public UUID begin(ConsoleUser user, @Nullable String userAgent) {
        Instant now = clock.instant();
        Session session = new Session(Ids.next(), user.id(), Browsers.of(userAgent), now, now, null);
        sessions.insert(session);
        return session.id();
    }

    /** Whether a session is open, and its user let in; notes that it was seen. Asked with every request, so answered from memory for a second. */
    public boolean alive(UUID id) {
        Optional<Session> session = byId.get(id, sessions::byId).filter(Session::open).filter(known -> users.current(known.user()).isPresent());
        Instant now = clock.instant();
        if (session.filter(known -> known.lastSeenAt().plus(COARSE).isBefore(now)).isPresent()) {
            sessions.seen(id, now);
            byId.invalidate(id);
        }
        return session.isPresent();
    }

    /** Where somebody is signed in, the one seen last first; one's own, or those of somebody whom the actor manages. */
    public List<Session> of(Actor actor, UUID user) {
        requireOwnOrManaged(actor, user);
        return sessions.open(user, clock.instant().minus(GONE), MOST_SHOWN);
    }

    /** Signs somebody out in one browser; twice changes nothing. */
    @Transactional
    public void end(Actor actor, UUID id) {
        Session session = sessions.byId(id).orElseThrow(Sessions::unknown);
        requireOwnOrManaged(actor, session.user());
        if (!end(sessions.end(SESSION.ID.eq(id), clock.instant())).isEmpty()) {
            audit.changed(actor, "endSession", null, "consoleUser", session.user(), null, null);
        }
    }

    /** Signs somebody out everywhere, but for one session that goes on where the actor wants that. */
    @Transactional
    public int endAll(Actor actor, UUID user, @Nullable UUID but) {
        requireOwnOrManaged(actor, user);
        int ended = end(sessions.end(but == null ? SESSION.USER_ID.eq(user) : SESSION.USER_ID.eq(user).and(SESSION.ID.ne(but)), clock.instant())).size();
        if (ended > 0) {
            audit.changed(actor, "endSession", null, "consoleUser", user, null, null);
        }
        return ended;
    }

    /** The browser has signed out, or was not heard of any more. */
    @Transactional
    public void over(UUID id) {
        end(sessions.end(SESSION.ID.eq(id), clock.instant()));
    }

    @Transactional
    void endAll(UUID user) {
        end(sessions.end(SESSION.USER_ID.eq(user), clock.instant()));
    }

    /** Nothing of somebody stays. */
    @Transactional
    void erase(UUID user) {
        endAll(user);
        sessions.deleteOf(user);
    }

    /** Drops those of a month ago. */
    int forget() {
        return sessions.forget(clock.instant().minus(REMEMBERED));
    }

    private List<UUID> end(List<UUID> ended) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                byId.invalidateAll(ended);
            }
        });
        return ended;
    }

    private void requireOwnOrManaged(Actor actor, UUID user) {
        if (!(actor instanceof Actor.ConsoleUser own) || !own.id().equals(user)) {
            users.manageable(actor, user);
        }
    }

    private static HeadroomException unknown() {
        return HeadroomException.notFound("input.id", "No such session");
    }
}
