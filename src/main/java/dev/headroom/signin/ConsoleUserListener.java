package dev.headroom.signin;

import dev.headroom.identity.ConsoleUsers.ConsoleUserChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whoever may do less is signed out, so that no open page goes on with what it was opened with; of whom is erased nothing stays. */
@Component
class ConsoleUserListener {

    private final Sessions sessions;
    private final Links links;
    private final Attempts attempts;

    ConsoleUserListener(Sessions sessions, Links links, Attempts attempts) {
        this.sessions = sessions;
        this.links = links;
        this.attempts = attempts;
    }

    @EventListener
    void on(ConsoleUserChanged changed) {
        if (changed.after().erased()) {
            links.erase(changed.before());
            attempts.forgive(changed.before().email());
            sessions.erase(changed.after().id());
        } else if (changed.less()) {
            sessions.endAll(changed.after().id());
        }
    }
}
