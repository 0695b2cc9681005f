package dev.headroom.api;

import dev.headroom.actor.Actor;
import dev.headroom.identity.AccountTokens;
import dev.headroom.identity.AccountTokens.Verified;
import dev.headroom.identity.ApiKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Whom a credential stands for, by whichever way it came. */
@Service
class Callers {

    private static final String SCHEME = "Bearer ";

    private final ApiKeys apiKeys;
    private final AccountTokens tokens;

    Callers(ApiKeys apiKeys, AccountTokens tokens) {
        this.apiKeys = apiKeys;
        this.tokens = tokens;
    }

    sealed interface Caller {

        record Known(Actor actor) implements Caller {}

        /** Nothing was sent. */
        record Nobody() implements Caller {}

        /** Unknown, revoked or expired. */
        record Unknown() implements Caller {}

        /** A browser may not send it from there. */
        record FromElsewhere(String origin) implements Caller {}
    }

    /**
     * @param authorization {@code Bearer …}: a secret API key, or an account token
     * @param origin        of a browser that shows another site's page; absent otherwise
     */
    Caller caller(@Nullable String authorization, @Nullable String origin) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            return new Caller.Nobody();
        }
        String credential = authorization.substring(SCHEME.length()).strip();
        if (credential.startsWith(ApiKeys.PREFIX)) {
            return known(apiKeys.authenticate(credential));
        }
        Optional<Verified> token = tokens.verify(credential);
        return token.isPresent() && origin != null && !token.get().origins().contains(origin)
                ? new Caller.FromElsewhere(origin)
                : known(token.map(Verified::actor));
    }

    private static Caller known(Optional<? extends Actor> actor) {
        return actor.<Caller>map(Caller.Known::new).orElseGet(Caller.Unknown::new);
    }
}
