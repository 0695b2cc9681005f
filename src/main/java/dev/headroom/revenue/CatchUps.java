package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Books the histories that were there before the ledger was: account by account, each once, whoever else does so; what is broken off goes on behind the
 * last page. Who is changed meanwhile is caught up with by that.
 */
@Service
class CatchUps {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUps.class);
    private static final Actor.System SELF = new Actor.System("revenue");
    private static final int PAGE = 100;

    private final CatchUpRepository progress;
    private final Bookings bookings;
    private final Subscriptions subscriptions;

    CatchUps(CatchUpRepository progress, Bookings bookings, Subscriptions subscriptions) {
        this.progress = progress;
        this.bookings = bookings;
        this.subscriptions = subscriptions;
    }

    /** One page of accounts; true where there may be more. */
    boolean step() {
        UUID after = progress.after().orElse(null);
        if (after == null) {
            return false;
        }
        List<AccountId> page = subscriptions.withHistory(SELF, new AccountId(after), PAGE);
        page.forEach(this::tried);
        progress.reached(page.isEmpty() ? after : page.getLast().value(), page.size() < PAGE);
        return page.size() == PAGE;
    }

    /** One that cannot be booked keeps nobody from the ledger; it is tried again with the next that is recorded of it. */
    private void tried(AccountId account) {
        try {
            bookings.catchUp(account);
        } catch (DataAccessException | IllegalStateException | NoSuchElementException failed) {
            LOG.error("The history of account {} is not in the ledger of revenue", account, failed);
        }
    }
}
