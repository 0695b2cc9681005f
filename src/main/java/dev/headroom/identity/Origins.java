package dev.headroom.identity;

import dev.headroom.actor.Actor;
import dev.headroom.id.Ids;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Where somebody came from, by what acts are written down with: the name of the key or of the person, also of one who is let in no more. */
@Service
public class Origins {

    private static final String API_KEY = "api-key:";
    private static final String CONSOLE = "console:";
    private static final String MEMBER = "member:";
    private static final String SYSTEM = "system:";

    private final ApiKeyRepository keys;
    private final ConsoleUserRepository users;

    Origins(ApiKeyRepository keys, ConsoleUserRepository users) {
        this.keys = keys;
        this.users = users;
    }

    /** @param name of the vendor's key or person; absent for a member, who is the account's, and for readers who are confined to an account */
    public record Origin(Kind kind, @Nullable String name) {

        /** A way in. */
        public enum Kind {
            API_KEY,
            CONSOLE,
            ACCOUNT_TOKEN,
            HEADROOM
        }
    }

    /** @param actor {@link Actor#name()} */
    public Origin of(Actor reader, String actor) {
        if (actor.startsWith(MEMBER)) {
            return new Origin(Origin.Kind.ACCOUNT_TOKEN, null);
        }
        if (actor.startsWith(API_KEY)) {
            return new Origin(Origin.Kind.API_KEY, named(reader, actor.substring(API_KEY.length())).flatMap(keys::byId).map(ApiKey::name).orElse(null));
        }
        return actor.startsWith(CONSOLE)
                ? new Origin(Origin.Kind.CONSOLE, named(reader, actor.substring(CONSOLE.length())).flatMap(users::byId).map(Origins::called).orElse(null))
                : new Origin(Origin.Kind.HEADROOM, null);
    }

    /** The same one with what they may do by now; empty for whom nobody lets in any more, and for members. */
    public Optional<Actor> now(String actor) {
        if (actor.startsWith(API_KEY)) {
            return Ids.parse(actor.substring(API_KEY.length())).flatMap(keys::byId).filter(ApiKey::active).map(key -> new Actor.ApiKey(key.id(), key.permissions()));
        }
        if (actor.startsWith(CONSOLE)) {
            return Ids.parse(actor.substring(CONSOLE.length())).flatMap(users::byId).filter(ConsoleUser::active).map(ConsoleUser::actor);
        }
        return actor.startsWith(SYSTEM) ? Optional.of(new Actor.System(actor.substring(SYSTEM.length()))) : Optional.empty();
    }

    private static String called(ConsoleUser user) {
        return user.erased() ? user.name() : user.email();
    }

    private static Optional<UUID> named(Actor reader, String id) {
        return reader instanceof Actor.Member ? Optional.empty() : Ids.parse(id);
    }
}
