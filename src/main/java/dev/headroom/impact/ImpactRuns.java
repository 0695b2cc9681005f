package dev.headroom.impact;

import dev.headroom.impact.ImpactRun.State;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Goes on with what is under way. A page is read, reckoned and written in one transaction that holds the run's row: of several nodes one works on
 * a run at a time, and what somebody died over was never there.
 */
@Service
class ImpactRuns {

    private static final Logger LOG = LoggerFactory.getLogger(ImpactRuns.class);
    /** So many that what a statement costs by itself is nothing, and so few that a page is some megabytes and a fraction of a second. */
    static final int PAGE = 2_000;

    private static final int MOST_ATTEMPTS = 3;
    private static final int DELETED_AT_ONCE = 10_000;

    private final RunRepository runs;
    private final LineRepository lines;
    private final SummaryRepository summaries;
    private final Pages pages;
    private final ImpactProperties properties;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ImpactRuns(
            RunRepository runs, LineRepository lines, SummaryRepository summaries, Pages pages, ImpactProperties properties, TransactionTemplate transaction,
            InstantSource clock) {
        this.runs = runs;
        this.lines = lines;
        this.summaries = summaries;
        this.pages = pages;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Looks at one page of each run that nobody else works on; false when there was none. */
    boolean step(int size) {
        return runs.underWay().stream().map(id -> step(id, size)).reduce(false, Boolean::logicalOr);
    }

    private boolean step(UUID id, int size) {
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> runs.take(id).map(run -> page(run, size)).orElse(false)));
        } catch (RuntimeException failed) {
            LOG.warn("A page of impact {} failed", id, failed);
            if (runs.failed(id) >= MOST_ATTEMPTS) {
                runs.end(id, State.FAILED, "It could not be computed: " + failed.getMessage(), clock.instant());
            }
            return false;
        }
    }

    private boolean page(ImpactRun run, int size) {
        Pages.Page found = pages.next(run, size);
        if (!found.lines().isEmpty()) {
            lines.insert(run.id(), found.lines());
        }
        if (found.last() != null) {
            runs.advance(run, found.last(), found.looked());
        }
        if (found.looked() < size) {
            runs.finish(run, summaries.of(run.id()), clock.instant());
        }
        return true;
    }

    /** Deletes lines that nobody looks at any more, a bounded number in each transaction. */
    void forget() {
        for (UUID id : runs.outlived(clock.instant().minus(properties.linesKept()))) {
            int gone = DELETED_AT_ONCE;
            while (gone == DELETED_AT_ONCE) {
                gone = lines.delete(id, DELETED_AT_ONCE);
            }
            runs.linesGone(id);
        }
    }
}
