package dev.headroom.signin;

import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.signin.Attempts.Try;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Changing one's own password, by whoever knows the one of before: a browser left open is not enough. */
@Service
public class OwnPasswords {

    private final ConsoleUsers users;
    private final Attempts attempts;
    private final Sessions sessions;
    private final TransactionTemplate transaction;

    OwnPasswords(ConsoleUsers users, Attempts attempts, Sessions sessions, TransactionTemplate transaction) {
        this.users = users;
        this.attempts = attempts;
        this.sessions = sessions;
        this.transaction = transaction;
    }

    /**
     * Signs the person out everywhere but here. Wrong ones count as wrong ones at sign-in do.
     *
     * @param here the session that goes on
     * @throws HeadroomException INVALID_INPUT for a wrong password of before, for waiting that wrong ones have brought, and for one that is not taken
     */
    public void change(Actor.ConsoleUser actor, @Nullable UUID here, String before, String after) {
        switch (attempts.begin(actor.email(), null)) {
            case Try.Waits(var until) -> throw HeadroomException.invalid("input.before", "Too many wrong tries; try again after " + until);
            case Try.Allowed allowed -> {
                if (!users.matches(actor.id(), before)) {
                    attempts.failed(allowed);
                    throw HeadroomException.invalid("input.before", "This is not your password");
                }
                attempts.succeeded(allowed);
            }
        }
        transaction.executeWithoutResult(_ -> {
            users.choosePassword(actor, actor.id(), after);
            sessions.endAll(actor, actor.id(), here);
        });
    }
}
