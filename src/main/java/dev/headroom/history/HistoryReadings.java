package dev.headroom.history;

import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.history.HistoryLine.Read;
import dev.headroom.history.HistoryRunRepository.Work;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what tells a history: a file that is whole, all of it or nothing, of which some lines at a time are in memory; and what was read at Stripe, some customers at a time. */
@Service
class HistoryReadings {

    private static final int AT_ONCE = 1_000;
    private static final int PLANS_NAMED = 10;

    private final HistoryRunRepository runs;
    private final HistoryLineRepository lines;
    private final HistoryReportRepository report;
    private final Catalog catalog;
    private final StripeReadings stripe;
    private final TransactionTemplate transaction;

    HistoryReadings(
            HistoryRunRepository runs, HistoryLineRepository lines, HistoryReportRepository report, Catalog catalog, StripeReadings stripe, TransactionTemplate transaction) {
        this.runs = runs;
        this.lines = lines;
        this.report = report;
        this.catalog = catalog;
        this.stripe = stripe;
        this.transaction = transaction;
    }

    void read(Work work) {
        switch (work.run().source()) {
            case FILE -> transaction.executeWithoutResult(_ -> file(work.run()));
            case STRIPE -> stripe.read(work);
        }
    }

    private void file(HistoryRun run) {
        CatalogSnapshot known = catalog.snapshot();
        Gathered gathered = new Gathered(run.id());
        new HistoryFile(key -> product(known, key), plans(known), gathered::take).read(new Parts(number -> lines.part(run.id(), number).orElse(null)));
        gathered.store();
        lines.deleteParts(run.id());
        runs.read(run.id(), gathered.count, gathered.wrong, lines.accounts(run.id()));
    }

    private static @Nullable String product(CatalogSnapshot known, String plan) {
        return known.plan(plan).filter(each -> each.own() == null && !known.versionsOf(each).isEmpty()).map(each -> known.product(each.product()).key()).orElse(null);
    }

    private static String plans(CatalogSnapshot known) {
        List<String> keys = known.plans().stream().filter(each -> each.own() == null).map(Plan::key).limit(PLANS_NAMED + 1L).toList();
        return "Expected the key of a plan: " + keys.stream().limit(PLANS_NAMED).collect(Collectors.joining(", ")) + (keys.size() > PLANS_NAMED ? " …" : "");
    }

    /** Lines that were read and not stored yet. */
    private final class Gathered {

        private final UUID run;
        private final List<Read> some = new ArrayList<>();
        private int count;
        private int wrong;

        Gathered(UUID run) {
            this.run = run;
        }

        void take(Read read) {
            some.add(read);
            count++;
            wrong += read.line() == null ? 1 : 0;
            if (some.size() == AT_ONCE) {
                store();
            }
        }

        void store() {
            lines.insert(run, some);
            report.mistaken(run, some.stream().flatMap(each -> each.mistakes().stream()).toList(), false);
            some.clear();
        }
    }

    /** The pieces of a file as one text. */
    private static final class Parts extends Reader {

        private final IntFunction<@Nullable String> part;
        private @Nullable String current = "";
        private int number;
        private int at;

        Parts(IntFunction<@Nullable String> part) {
            this.part = part;
        }

        @Override
        public int read(char[] into, int from, int most) {
            while (current != null && at == current.length()) {
                current = part.apply(++number);
                at = 0;
            }
            if (current == null) {
                return -1;
            }
            int length = Math.min(most, current.length() - at);
            current.getChars(at, at + length, into, from);
            at += length;
            return length;
        }

        @Override
        public void close() {}
    }
}
