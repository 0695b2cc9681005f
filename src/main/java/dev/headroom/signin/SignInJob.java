package dev.headroom.signin;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets what is long over. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class SignInJob {

    private final Links links;
    private final Attempts attempts;
    private final Sessions sessions;

    SignInJob(Links links, Attempts attempts, Sessions sessions) {
        this.links = links;
        this.attempts = attempts;
        this.sessions = sessions;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void forget() {
        links.forget();
        attempts.forget();
        sessions.forget();
    }
}
