package dev.headroom.signin;

import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.Role;
import dev.headroom.signin.Links.MadeLink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class LinkController {

    private final Links links;
    private final Attempts attempts;
    private final Sessions sessions;

    LinkController(Links links, Attempts attempts, Sessions sessions) {
        this.links = links;
        this.attempts = attempts;
        this.sessions = sessions;
    }

    record Named(String id) {

        UUID uuid() {
            return Ids.parse(id).orElseThrow(() -> HeadroomException.notFound("input.id", "There is nothing with this id"));
        }
    }

    record Invited(String email, Set<Role> roles) {}

    record SignedOut(int ended) {}

    @QueryMapping
    List<Link> consoleInvitations(@ContextValue Actor actor) {
        return links.invitations(actor);
    }

    @MutationMapping
    MadeLink inviteConsoleUser(@Argument Invited input, @ContextValue Actor actor) {
        return links.invite(actor, input.email(), input.roles());
    }

    @MutationMapping
    Link revokeConsoleInvitation(@Argument Named input, @ContextValue Actor actor) {
        return links.revoke(actor, input.uuid());
    }

    @MutationMapping
    MadeLink resetConsoleUserPassword(@Argument Named input, @ContextValue Actor actor) {
        return links.reset(actor, input.uuid());
    }

    @MutationMapping
    ConsoleUser liftSignInDelay(@Argument Named input, @ContextValue Actor actor) {
        return attempts.lift(actor, input.uuid());
    }

    @MutationMapping
    SignedOut endConsoleSessions(@Argument Named input, @ContextValue Actor actor) {
        return new SignedOut(sessions.endAll(actor, input.uuid(), null));
    }

    @SchemaMapping(typeName = "ConsoleUser")
    Optional<Instant> waitsUntil(ConsoleUser user, @ContextValue Actor actor) {
        return attempts.waiting(actor, user);
    }

    @SchemaMapping(typeName = "ConsoleUser")
    List<Session> sessions(ConsoleUser user, @ContextValue Actor actor) {
        return sessions.of(actor, user.id());
    }
}
