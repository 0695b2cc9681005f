package dev.headroom.revenue;

import dev.headroom.revenue.Retention.Compared;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Retention account by account, of a closed month reckoned once. What is booked in such a month after all forgets it; so it is only kept while nobody books in that month or in one
 * before it, and whoever comes to do so waits until it is kept, and forgets it then.
 */
@Service
class RangeComparisons {

    private final RevenueRepository revenue;
    private final CatchUpRepository histories;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    RangeComparisons(RevenueRepository revenue, CatchUpRepository histories, TransactionTemplate transaction, InstantSource clock) {
        this.revenue = revenue;
        this.histories = histories;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param last    month of a range of so many
     * @param counted says when a month is closed, and whether use past limits counts
     */
    Compared of(Currency currency, YearMonth last, int length, RevenueSettings counted) {
        boolean use = counted.use();
        Optional<Compared> kept = revenue.kept(currency, last, length, use);
        if (kept.isPresent()) {
            return kept.get();
        }
        boolean lasting = counted.months().closed(last, clock.instant()) && histories.after().isEmpty();
        return lasting ? keeping(currency, last, length, use) : compared(currency, last, length, use);
    }

    /** Bookings in flight are not waited for: then nothing is kept. */
    private Compared keeping(Currency currency, YearMonth last, int length, boolean use) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            boolean quiet = revenue.quiet(last);
            Compared found = compared(currency, last, length, use);
            if (quiet) {
                revenue.keep(currency, last, length, use, found);
            }
            return found;
        }));
    }

    private Compared compared(Currency currency, YearMonth last, int length, boolean use) {
        return revenue.compare(currency, last.minusMonths(length - 1L), last.plusMonths(1), use);
    }
}
