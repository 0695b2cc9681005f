package dev.headroom.history;

import dev.headroom.history.HistoryRun.State;
import dev.headroom.history.HistoryRunRepository.Work;
import dev.headroom.stripe.StripeAccountGateway.Page;
import dev.headroom.stripe.StripeHistoryGateway;
import dev.headroom.stripe.StripeHistoryGateway.Billed;
import dev.headroom.stripe.StripeHistoryGateway.Sold;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads what Stripe ever sold and billed, a page at a time. A page is stored in the transaction that notes it: who dies reads one page again, and who reads it again stores nothing twice. Nobody
 * holds a connection while Stripe answers.
 */
@Service
class StripeFetches {

    private static final List<State> FETCHING = List.of(State.SUBSCRIPTIONS, State.INVOICES);

    private final HistoryRunRepository runs;
    private final StripeFetchRepository fetched;
    private final StripeHistoryGateway stripe;
    private final HistoryAttempts attempts;
    private final TransactionTemplate transaction;

    StripeFetches(HistoryRunRepository runs, StripeFetchRepository fetched, StripeHistoryGateway stripe, HistoryAttempts attempts, TransactionTemplate transaction) {
        this.runs = runs;
        this.fetched = fetched;
        this.stripe = stripe;
        this.attempts = attempts;
        this.transaction = transaction;
    }

    /** One page; false where there is nothing to read, or somebody else is at it. */
    boolean step() {
        return attempts.step(FETCHING, this::page);
    }

    private void page(Work work, Instant now) {
        UUID run = work.run().id();
        String after = work.position().isEmpty() ? null : work.position();
        if (work.run().state() == State.SUBSCRIPTIONS) {
            Page<Sold> page = stripe.subscriptions(after);
            store(work, page.next(), State.INVOICES, page.data().size(), () -> fetched.sold(run, page.data()));
        } else {
            Page<Billed> page = stripe.invoices(after);
            store(work, page.next(), State.READING, page.data().size(), () -> fetched.billed(run, page.data().stream().filter(each -> !each.lines().isEmpty()).toList()));
        }
    }

    private void store(Work work, @Nullable String next, State then, int objects, Runnable storing) {
        transaction.executeWithoutResult(_ -> {
            storing.run();
            if (!runs.fetched(work, next == null ? then : work.run().state(), next == null ? "" : next, objects)) {
                throw new IllegalStateException("Somebody else went on with " + work.run().id() + " behind " + work.position());
            }
        });
    }
}
