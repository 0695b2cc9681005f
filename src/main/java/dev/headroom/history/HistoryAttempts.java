package dev.headroom.history;

import dev.headroom.history.HistoryRun.State;
import dev.headroom.history.HistoryRunRepository.Work;
import dev.headroom.id.Ids;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Goes on with what is under way. What cannot is tried again a few times, and then fails with its reason, so that somebody can see it and nobody tries for ever. */
@Service
class HistoryAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryAttempts.class);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration UNTIL_STRIPE_ANSWERS = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST = 3;

    private final HistoryRunRepository runs;
    private final InstantSource clock;

    HistoryAttempts(HistoryRunRepository runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Works on one that is in one of the states.
     *
     * @param work a page of it
     * @return false where there is none, or somebody else is at it
     */
    boolean step(Collection<State> states, BiConsumer<Work, Instant> work) {
        Instant now = clock.instant();
        Optional<Work> taken = runs.take(states, now, now.plus(LEASE));
        taken.ifPresent(found -> tried(found, now, work));
        return taken.isPresent();
    }

    private void tried(Work work, Instant now, BiConsumer<Work, Instant> step) {
        UUID run = work.run().id();
        try {
            step.accept(work, now);
            runs.leave(run, now);
        } catch (StripeUnavailableException silent) {
            LOG.warn("Stripe did not answer while history {} was read; it goes on later: {}", run, silent.getMessage());
            runs.pause(run, now.plus(UNTIL_STRIPE_ANSWERS));
        } catch (StripeRefusedException refused) {
            LOG.error("History {} failed, because Stripe refused: {}", run, refused.getMessage());
            runs.fail(work.run(), "Stripe refused: " + refused.getMessage());
        } catch (RuntimeException failed) {
            UUID incident = Ids.next();
            LOG.error("Incident {}: history {} could not go on while it was {}, behind \"{}\"", incident, run, work.run().state(), work.position(), failed);
            if (runs.stumbled(run, now.plus(PAUSE)) >= MOST) {
                runs.fail(work.run(), "Something went wrong on our side; incident " + incident);
            }
        }
    }
}
