package dev.headroom.console;

import dev.headroom.signin.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.stereotype.Component;

/** A session is over when its browser has signed out, or was not heard of for so long that the server gave it up. */
@Component
class SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SessionListener.class);

    private final Sessions sessions;

    SessionListener(Sessions sessions) {
        this.sessions = sessions;
    }

    @EventListener
    void on(SessionDestroyedEvent ended) {
        ended.getSecurityContexts().forEach(context -> {
            if (context.getAuthentication() != null && context.getAuthentication().getPrincipal() instanceof ConsolePrincipal principal
                    && principal.session() != null) {
                over(principal);
            }
        });
    }

    private void over(ConsolePrincipal principal) {
        try {
            sessions.over(principal.session());
        } catch (DataAccessException away) {
            LOG.debug("That a session is over was not written down", away);
        }
    }
}
