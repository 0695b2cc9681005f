package dev.headroom.history;

import dev.headroom.account.Account;
import dev.headroom.history.HistoryLineRepository.Told;
import dev.headroom.history.HistoryPlacements.Placement;
import dev.headroom.history.HistoryRun.State;
import dev.headroom.history.HistoryRunRepository.Came;
import dev.headroom.history.HistoryRunRepository.Work;
import dev.headroom.revenue.RevenueHistories.Open;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Goes on with histories, some accounts at a time. What a line says of people is deleted with what it brought. How far it came is written in the transaction that did it: who dies leaves nothing half done, and who comes next leaves
 * nothing out.
 */
@Service
class HistoryWorks {

    private static final List<State> WORKED_ON = List.of(State.READING, State.LOOKING, State.BRINGING);
    private static final int PAGE = 200;

    private final HistoryRunRepository runs;
    private final HistoryLineRepository lines;
    private final HistoryReportRepository report;
    private final HistoryReadings readings;
    private final HistoryPlacements placements;
    private final TransactionTemplate transaction;
    private final HistoryAttempts attempts;

    HistoryWorks(
            HistoryRunRepository runs, HistoryLineRepository lines, HistoryReportRepository report, HistoryReadings readings, HistoryPlacements placements, TransactionTemplate transaction,
            HistoryAttempts attempts) {
        this.runs = runs;
        this.lines = lines;
        this.report = report;
        this.readings = readings;
        this.placements = placements;
        this.transaction = transaction;
        this.attempts = attempts;
    }

    /** One page of one history; false where there is nothing to do, or somebody else is at it. */
    boolean step() {
        return attempts.step(WORKED_ON, this::step);
    }

    private void step(Work work, Instant now) {
        HistoryRun run = work.run();
        switch (run.state()) {
            case READING -> readings.read(work);
            case LOOKING -> look(work);
            case BRINGING -> bring(work, now);
            case OPEN, SUBSCRIPTIONS, INVOICES, LOOKED_AT, BROUGHT, FAILED, DISCARDED -> throw new IllegalStateException(run.id() + " is " + run.state() + ", which is not worked on here");
        }
    }

    private void look(Work work) {
        Page page = page(work);
        if (page.keys.isEmpty()) {
            runs.looked(work.run().id());
            return;
        }
        transaction.executeWithoutResult(_ -> advance(work, page.keys.getLast(), page.keys.stream().map(key -> place(page, key, false)).reduce(Came.NOTHING, Came::plus)));
    }

    /** Each account in a transaction of its own, so that nobody waits for a page of others. */
    private void bring(Work work, Instant now) {
        Page page = page(work);
        if (page.keys.isEmpty()) {
            transaction.executeWithoutResult(_ -> {
                lines.forget(work.run().id());
                report.forgetNames(work.run().id());
                runs.brought(work.run().id(), now);
            });
        }
        Work at = work;
        for (String key : page.keys) {
            Work from = at;
            transaction.executeWithoutResult(_ -> {
                advance(from, key, place(page, key, true));
                lines.forget(page.run, key);
            });
            at = new Work(work.run(), key);
        }
    }

    private void advance(Work work, String position, Came came) {
        if (!runs.advance(work, position, came)) {
            throw new IllegalStateException("Somebody else went on with " + work.run().id() + " behind " + work.position());
        }
    }

    /** @param opens remembers how far the past of each currency is open */
    private record Page(UUID run, List<String> keys, Map<String, List<Told>> lines, Map<String, Account> accounts, Function<Currency, Open> opens) {}

    private Page page(Work work) {
        UUID run = work.run().id();
        List<String> keys = lines.accounts(run, work.position(), PAGE);
        Map<Currency, Open> opens = new HashMap<>();
        return new Page(run, keys, lines.of(run, keys), placements.known(keys), currency -> opens.computeIfAbsent(currency, placements::open));
    }

    private Came place(Page page, String key, boolean bring) {
        List<Told> told = page.lines.getOrDefault(key, List.of());
        if (told.stream().anyMatch(each -> each.line() == null)) {
            return new Came(0, 0, 1, 0);
        }
        List<HistoryLine> all = told.stream().map(Told::line).map(Objects::requireNonNull).toList();
        Account account = page.accounts.get(key);
        Placement placed = bring ? placements.bring(page.run, all, account, page.opens) : placements.look(page.run, all, account, page.opens);
        report.mistaken(page.run, placed.mistakes(), true);
        report.moved(page.run, placed.movements());
        boolean refused = !placed.mistakes().isEmpty();
        return new Came(placed.fresh() ? 1 : 0, !refused && placed.movements().isEmpty() ? 1 : 0, refused ? 1 : 0, placed.movements().size());
    }
}
