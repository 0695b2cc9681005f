package dev.headroom.usage;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** All that counts happens in one of these: whole or not at all, and once more for whoever had to give way in a deadlock. */
@Service
class Transactions {

    private static final int MOST_RETRIES = 3;

    private final TransactionTemplate transaction;
    private final TransactionTemplate moment;
    private final RetryTemplate again = new RetryTemplate(
            RetryPolicy.builder().includes(ConcurrencyFailureException.class).maxRetries(MOST_RETRIES).delay(Duration.ZERO).build());

    Transactions(TransactionTemplate transaction) {
        this.transaction = transaction;
        this.moment = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    <R> R within(Supplier<R> work) {
        return Objects.requireNonNull(again.invoke(() -> transaction.execute(_ -> work.get())));
    }

    /** Does the work, undoes it, and says what it came to. */
    <R> R tried(Supplier<R> work) {
        return Objects.requireNonNull(again.invoke(() -> transaction.execute(status -> {
            status.setRollbackOnly();
            return work.get();
        })));
    }

    /** Sees everything as it stood at one moment; for what changes nothing, and so gives way to nobody. */
    <R> R ofOneMoment(Supplier<R> work) {
        return Objects.requireNonNull(moment.execute(_ -> work.get()));
    }
}
