package dev.headroom.history;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.history.HistoryLine.Read;
import dev.headroom.history.HistoryMistake.Problem;
import dev.headroom.history.HistoryRunRepository.Work;
import dev.headroom.stripe.StripeHistoryGateway.Billed;
import dev.headroom.stripe.StripeHistoryGateway.Sold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes lines of all that was read at Stripe, some customers at a time. */
@Service
class StripeReadings {

    private static final Actor.System SELF = new Actor.System("history");
    private static final int PAGE = 100;

    private final HistoryRunRepository runs;
    private final StripeFetchRepository fetched;
    private final HistoryLineRepository lines;
    private final HistoryReportRepository report;
    private final Accounts accounts;
    private final StripePasts pasts;
    private final TransactionTemplate transaction;

    StripeReadings(
            HistoryRunRepository runs, StripeFetchRepository fetched, HistoryLineRepository lines, HistoryReportRepository report, Accounts accounts, StripePasts pasts,
            TransactionTemplate transaction) {
        this.runs = runs;
        this.fetched = fetched;
        this.lines = lines;
        this.report = report;
        this.accounts = accounts;
        this.pasts = pasts;
        this.transaction = transaction;
    }

    /** The next customers, or the end of it. */
    void read(Work work) {
        HistoryRun run = work.run();
        List<String> customers = fetched.customers(run.id(), work.position(), PAGE);
        if (customers.isEmpty()) {
            transaction.executeWithoutResult(_ -> {
                fetched.forget(run.id());
                runs.read(run.id(), run.counts().lines(), run.counts().wrong(), lines.accounts(run.id()));
            });
            return;
        }
        List<Read> read = read(run.id(), customers, run.counts().lines());
        transaction.executeWithoutResult(_ -> {
            lines.insert(run.id(), read);
            report.mistaken(run.id(), read.stream().flatMap(each -> each.mistakes().stream()).toList(), false);
            if (!runs.made(work, customers.getLast(), read.size(), (int) read.stream().filter(each -> each.line() == null).count())) {
                throw new IllegalStateException("Somebody else went on with " + run.id() + " behind " + work.position());
            }
        });
    }

    private List<Read> read(UUID run, List<String> customers, int made) {
        Map<String, List<Sold>> sold = fetched.sold(run, customers);
        Map<String, List<Billed>> billed = fetched.billed(run, customers);
        Map<String, Account> known = accounts.byCustomers(SELF, customers);
        List<Read> read = new ArrayList<>();
        int[] last = {made};
        IntSupplier number = () -> ++last[0];
        for (String customer : customers) {
            Account account = known.get(customer);
            read.addAll(account == null ? List.of(stranger(customer, number.getAsInt()))
                    : pasts.of(account, sold.getOrDefault(customer, List.of()), billed.getOrDefault(customer, List.of()), number));
        }
        return read;
    }

    private static Read stranger(String customer, int number) {
        return new Read(number, "", null, List.of(HistoryMistake.found(
                number, null, null, Problem.CUSTOMER, customer, "Expected a customer that is an account here: take customers in first; one that was deleted at Stripe cannot be")));
    }
}
