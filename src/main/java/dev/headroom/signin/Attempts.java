package dev.headroom.signin;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.ConsoleUsers.Login;
import dev.headroom.signin.Streak.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tries to sign in. Each is counted before its password is looked at, so that of many at once no more are let through than of many in a
 * row; one that was right forgets those before it. E-mails that nobody has are counted alike.
 */
@Service
public class Attempts {

    private static final Actor.System SELF = new Actor.System("sign-in");
    /** Enough to tell addresses apart in the audit, too little to find one again. */
    private static final int TOLD_BYTES = 4;

    private final StreakRepository streaks;
    private final ConsoleUsers users;
    private final AuditEntries audit;
    private final InstantSource clock;

    Attempts(StreakRepository streaks, ConsoleUsers users, AuditEntries audit, InstantSource clock) {
        this.streaks = streaks;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether the password may be looked at. */
    public sealed interface Try {

        /** It may; what became of it must be told. */
        record Allowed(String email, @Nullable String address, @Nullable Instant personWaitsUntil, @Nullable Instant addressWaitsUntil) implements Try {}

        /** @param until exclusive */
        record Waits(Instant until) implements Try {}
    }

    /** @param address from which it comes; absent where that is not known for sure */
    @Transactional
    public Try begin(String email, @Nullable String address) {
        Instant now = clock.instant();
        Streak person = streaks.locked(Kind.PERSON, subject(email), now);
        Streak from = address == null ? Streak.none(now) : streaks.locked(Kind.ADDRESS, subject(address), now);
        if (person.waitsAt(now) || from.waitsAt(now)) {
            return new Try.Waits(later(person.waitsUntil(), from.waitsUntil()));
        }
        Streak personAfter = person.and(Kind.PERSON, now);
        streaks.write(Kind.PERSON, subject(email), personAfter);
        if (address == null) {
            return new Try.Allowed(email, null, personAfter.waitsUntil(), null);
        }
        Streak fromAfter = from.and(Kind.ADDRESS, now);
        streaks.write(Kind.ADDRESS, subject(address), fromAfter);
        return new Try.Allowed(email, address, personAfter.waitsUntil(), fromAfter.waitsUntil());
    }

    private static Instant later(@Nullable Instant one, @Nullable Instant other) {
        Instant left = Optional.ofNullable(one).orElse(Instant.MIN);
        Instant right = Optional.ofNullable(other).orElse(Instant.MIN);
        return left.isAfter(right) ? left : right;
    }

    /** The password was wrong; waiting that it brings is written down, for people who exist. */
    @Transactional
    public void failed(Try.Allowed attempt) {
        Instant person = attempt.personWaitsUntil();
        if (person != null) {
            users.login(attempt.email()).map(Login::user).ifPresent(user ->
                    audit.created(SELF, "delaySignIn", null, "consoleUser", user.id(), Map.of("until", person)));
        }
        Instant from = attempt.addressWaitsUntil();
        if (from != null && attempt.address() != null) {
            String told = HexFormat.of().formatHex(subject(attempt.address()), 0, TOLD_BYTES);
            audit.created(SELF, "delaySignIn", null, "address", told, Map.of("until", from));
        }
    }

    /** The password was right. The address keeps what it has: else whoever knows one password could try all others from there. */
    @Transactional
    public void succeeded(Try.Allowed attempt) {
        forgive(attempt.email());
    }

    void forgive(String email) {
        streaks.delete(Kind.PERSON, subject(email));
    }

    /** Until when somebody waits; empty for who does not. */
    public Optional<Instant> waiting(Actor actor, ConsoleUser user) {
        actor.requireEveryAccount(Permission.ADMIN);
        Instant now = clock.instant();
        return streaks.known(Kind.PERSON, subject(user.email())).filter(streak -> streak.waitsAt(now)).map(Streak::waitsUntil);
    }

    /** Lets somebody try again at once; of one who does not wait it changes nothing. */
    @Transactional
    public ConsoleUser lift(Actor actor, UUID id) {
        ConsoleUser user = users.manageable(actor, id);
        waiting(actor, user).ifPresent(until -> audit.changed(actor, "liftSignInDelay", null, "consoleUser", id, Map.of("until", until), null));
        forgive(user.email());
        return user;
    }

    /** Drops what counts no more. */
    int forget() {
        return streaks.forget(clock.instant().minus(Streak.FORGOTTEN_AFTER));
    }

    private static byte[] subject(String text) {
        return Token.hash(text.strip().toLowerCase(Locale.ROOT));
    }
}
