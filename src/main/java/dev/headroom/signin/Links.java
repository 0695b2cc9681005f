package dev.headroom.signin;

import static dev.headroom.signin.jooq.Tables.LINK;
import static org.jooq.impl.DSL.lower;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Origins;
import dev.headroom.identity.Role;
import dev.headroom.signin.Link.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Links that let somebody in once: to become a user, or to choose a new password. The token is told once and kept as a hash; it stands
 * behind the {@code #} of an address, which browsers send to no server, so that no log has it.
 */
@Service
public class Links {

    /** The page that opens links; the token follows. */
    public static final String PATH = "/link#";

    static final int MOST_SHOWN = 200;

    private static final Duration INVITED_FOR = Duration.ofDays(7);
    private static final Duration RESET_WITHIN = Duration.ofDays(1);
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final String SUBJECT = "link";

    private final LinkRepository links;
    private final ConsoleUsers users;
    private final Origins origins;
    private final Sessions sessions;
    private final Attempts attempts;
    private final AuditEntries audit;
    private final InstantSource clock;

    Links(LinkRepository links, ConsoleUsers users, Origins origins, Sessions sessions, Attempts attempts, AuditEntries audit, InstantSource clock) {
        this.links = links;
        this.users = users;
        this.origins = origins;
        this.sessions = sessions;
        this.attempts = attempts;
        this.audit = audit;
        this.clock = clock;
    }

    /** A new link and its token, this one time. */
    public record MadeLink(Link link, String token) {

        /** What follows the console's address. */
        public String path() {
            return PATH + token;
        }

        @Override
        public String toString() {
            return "MadeLink[" + link.id() + "]";
        }
    }

    /** What a link is good for, or why it is not. */
    public sealed interface Look {

        /** @param name of whose password it resets; absent for somebody who is invited */
        record Open(Purpose purpose, String email, @Nullable String name) implements Look {}

        record Closed(Why why) implements Look {}
    }

    /** What came of using a link. */
    public sealed interface Entry {

        record Entered(ConsoleUser user) implements Entry {}

        record Refused(Why why) implements Entry {}
    }

    /** Why a link lets nobody in. */
    public enum Why {
        UNKNOWN,
        USED,
        EXPIRED,
        REVOKED
    }

    /** Invites whoever has that e-mail; another invitation of the same e-mail is taken back. */
    @Transactional
    public MadeLink invite(Actor actor, String email, Set<Role> roles) {
        users.requireToGive(actor, roles);
        String invited = Check.email("input.email", email);
        if (users.knows(actor, invited)) {
            throw HeadroomException.of(ErrorCode.ALREADY_EXISTS, "input.email", "Somebody already signs in with " + invited);
        }
        links.revoke(lower(LINK.EMAIL).eq(invited.toLowerCase(Locale.ROOT)), clock.instant());
        return make(actor, "inviteConsoleUser", Purpose.INVITATION, null, invited, roles, INVITED_FOR);
    }

    /** Lets somebody choose a new password. The old one works until then; another such link of theirs is taken back. */
    @Transactional
    public MadeLink reset(Actor actor, UUID user) {
        ConsoleUser known = users.manageable(actor, user);
        links.revoke(LINK.USER_ID.eq(user).and(LINK.PURPOSE.eq(Purpose.PASSWORD_RESET.name())), clock.instant());
        return make(actor, "resetConsoleUserPassword", Purpose.PASSWORD_RESET, user, null, known.roles(), RESET_WITHIN);
    }

    private MadeLink make(
            Actor actor, String operation, Purpose purpose, @Nullable UUID user, @Nullable String email, Set<Role> roles, Duration lifetime) {
        Instant now = clock.instant();
        Link link = new Link(Ids.next(), purpose, user, email, roles, now, actor.name(), now.plus(lifetime), null, null);
        Token token = Token.fresh();
        links.insert(link, token.hash());
        audit.created(actor, operation, null, SUBJECT, link.id(), link.told());
        return new MadeLink(link, token.text());
    }

    /** Takes back an invitation; twice changes nothing. */
    @Transactional
    public Link revoke(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        Link link = links.lockedById(id).orElseThrow(() -> HeadroomException.notFound("input.id", "No such invitation"));
        Role.permissions(link.roles()).forEach(actor::require);
        if (link.usedAt() == null && link.revokedAt() == null) {
            links.revoke(LINK.ID.eq(id), clock.instant());
            audit.changed(actor, "revokeInvitation", null, SUBJECT, id, link.told(), null);
        }
        return links.lockedById(id).orElseThrow();
    }

    /** Who is invited and has not come, the newest first, at most {@link #MOST_SHOWN}. */
    public List<Link> invitations(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        return links.open(clock.instant(), MOST_SHOWN);
    }

    /** What somebody who has the token may know. */
    public Look look(String token) {
        return links.byHash(Token.hash(token)).map(this::look).orElse(new Look.Closed(Why.UNKNOWN));
    }

    private Look look(Link link) {
        return closed(link).<Look>map(Look.Closed::new).orElseGet(() -> open(link));
    }

    private Look open(Link link) {
        String invited = link.email();
        if (link.purpose() == Purpose.INVITATION && invited != null) {
            return new Look.Open(link.purpose(), invited, null);
        }
        return Optional.ofNullable(link.user()).flatMap(users::current)
                .<Look>map(user -> new Look.Open(link.purpose(), user.email(), user.name()))
                .orElse(new Look.Closed(Why.REVOKED));
    }

    /**
     * Makes somebody who was invited a user, or changes the password of whom a link was made for; once, whoever tries how often. Who has
     * a new password is signed out everywhere, and waits no more.
     *
     * @param name what an invited person wants to be called; of no meaning for others
     * @throws HeadroomException INVALID_INPUT for a password that is not taken; the link stays good
     */
    @Transactional
    public Entry enter(String token, String name, String password) {
        return links.lockedByHash(Token.hash(token))
                .map(link -> closed(link).<Entry>map(Entry.Refused::new).orElseGet(() -> enter(link, name, password)))
                .orElse(new Entry.Refused(Why.UNKNOWN));
    }

    private Entry enter(Link link, String name, String password) {
        Optional<ConsoleUser> user = switch (link.purpose()) {
            case INVITATION -> origins.now(link.createdBy())
                    .map(maker -> users.create(maker, Check.present("input.email", link.email()), name, link.roles(), password));
            case PASSWORD_RESET -> Optional.ofNullable(link.user()).flatMap(users::current);
        };
        if (user.isEmpty()) {
            return new Entry.Refused(Why.REVOKED);
        }
        ConsoleUser entered = user.get();
        if (link.purpose() == Purpose.PASSWORD_RESET) {
            users.choosePassword(entered.actor(), entered.id(), password);
            sessions.endAll(entered.id());
        }
        attempts.forgive(entered.email());
        links.use(link.id(), entered.id(), clock.instant());
        return new Entry.Entered(entered);
    }

    /** Also when whoever made it may not make such a link any more: it would be a way back in. */
    private Optional<Why> closed(Link link) {
        if (link.usedAt() != null) {
            return Optional.of(Why.USED);
        }
        boolean backed = origins.now(link.createdBy()).map(Actor::permissions)
                .filter(may -> may.contains(Permission.ADMIN) && may.containsAll(Role.permissions(link.roles()))).isPresent();
        if (link.revokedAt() != null || !backed) {
            return Optional.of(Why.REVOKED);
        }
        return clock.instant().isBefore(link.expiresAt()) ? Optional.empty() : Optional.of(Why.EXPIRED);
    }

    /** Nothing of somebody stays. */
    void erase(ConsoleUser user) {
        links.revoke(LINK.USER_ID.eq(user.id()).or(lower(LINK.EMAIL).eq(user.email().toLowerCase(Locale.ROOT))), clock.instant());
    }

    /** Drops those that ended a month ago, with the e-mails of those who never came. */
    int forget() {
        return links.forget(clock.instant().minus(REMEMBERED));
    }
}
