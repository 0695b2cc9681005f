package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.invoice.Invoices;
import dev.headroom.revenue.KeptRepository.Kept;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reckons the ledger again from what was recorded of subscriptions and of use that was billed, beside the one that is kept, and tells in what they differ. Changes nothing: what was
 * booked stays, and what is wrong in it is corrected by another movement.
 */
@Service
class LedgerRebuilds {

    private static final Actor.System SELF = new Actor.System("revenue");

    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final PastRepository pasts;
    private final SettingsRepository settings;
    private final KeptRepository keeps;
    private final TransactionTemplate moment;

    LedgerRebuilds(
            Subscriptions subscriptions, Invoices invoices, PastRepository pasts, SettingsRepository settings, KeptRepository keeps,
            TransactionTemplate transaction) {
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.pasts = pasts;
        this.settings = settings;
        this.keeps = keeps;
        this.moment = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.moment.setReadOnly(true);
    }

    /** The account after another of which anything was ever recorded or brought. */
    Optional<AccountId> next(@Nullable AccountId after) {
        return Stream.concat(subscriptions.withHistory(SELF, after, 1).stream(), pasts.next(after).stream()).min(Comparator.comparing(each -> each.value().toString()));
    }

    /**
     * Tells of everything that is kept otherwise than it follows from the history, as it stood at one moment.
     *
     * @return how many movements were compared
     */
    int compare(AccountId account, Consumer<String> each) {
        return Objects.requireNonNull(moment.execute(_ -> {
            Kept kept = keeps.kept(account);
            if (!kept.begun()) {
                each.accept("its history is not in the ledger");
                return 0;
            }
            Kept reckoned = reckon(pasts.of(account), inTurn(recorded(account), kept.movements().values()));
            differences("movement ", reckoned.movements(), kept.movements(), Objects::equals, each);
            differences("balance ", reckoned.standings(), kept.standings(), LedgerRebuilds::same, each);
            differences("subscription ", reckoned.counted(), kept.counted(), LedgerRebuilds::same, each);
            differences("handed on ", reckoned.handedOn(), kept.handedOn(), Objects::equals, each);
            differences("month ", reckoned.months(), kept.months(), Objects::equals, each);
            return kept.movements().size();
        }));
    }

    private List<Recorded> recorded(AccountId account) {
        return Recorded.inOrder(Stream.concat(subscriptions.history(SELF, account).stream(), pasts.ended(account).stream()).toList(), invoices.usage(SELF, account));
    }

    /** Tells of totals that are not the sums of movements. */
    void compareTotals(Consumer<String> each) {
        keeps.wrongTotals().forEach(each);
    }

    /**
     * What was recorded of one subscription stands in its order, and so does what use of it brought; of the two, what is strictly earlier comes first, for it may have moved nothing.
     * What was recorded at the same time of several was booked by whoever held the account first, which only the ledger knows.
     */
    private static List<Recorded> inTurn(List<Recorded> history, Collection<RevenueMovement> booked) {
        Map<Strand, Deque<Recorded>> left = new HashMap<>();
        Map<UUID, Strand> strands = new HashMap<>();
        history.forEach(each -> {
            Strand strand = Strand.of(each);
            strands.put(each.id(), strand);
            left.computeIfAbsent(strand, _ -> new ArrayDeque<>()).add(each);
        });
        List<Recorded> turn = new ArrayList<>();
        booked.stream().filter(each -> strands.containsKey(each.source())).sorted(Comparator.comparingInt(RevenueMovement::number)).forEach(each -> {
            Strand strand = strands.get(each.source());
            Deque<Recorded> next = left.get(strand);
            while (next.stream().anyMatch(recorded -> recorded.id().equals(each.source()))) {
                Recorded then = next.remove();
                Deque<Recorded> beside = left.getOrDefault(strand.other(), new ArrayDeque<>());
                while (!beside.isEmpty() && beside.peek().at().isBefore(then.at())) {
                    turn.add(beside.remove());
                }
                turn.add(then);
            }
        });
        Set<UUID> had = turn.stream().map(Recorded::id).collect(Collectors.toSet());
        return Stream.concat(turn.stream(), history.stream().filter(each -> !had.contains(each.id()))).toList();
    }

    private record Strand(SubscriptionId subscription, boolean use) {
        static Strand of(Recorded recorded) {
            return new Strand(recorded.subscription(), recorded instanceof Recorded.Used);
        }

        Strand other() {
            return new Strand(subscription, !use);
        }
    }

    private Kept reckon(List<PastFact> brought, List<Recorded> history) {
        Reckoning reckoning = new Reckoning();
        brought.forEach(past -> reckoning.bring(past, settings.asOf(past.fact().at()).months()));
        history.forEach(each -> reckoning.record(each, settings.asOf(each.at()).months()));
        return reckoning.kept();
    }

    private static <T> void differences(String what, Map<String, T> reckoned, Map<String, T> kept, BiPredicate<T, T> same, Consumer<String> each) {
        Set<String> keys = new TreeSet<>(reckoned.keySet());
        keys.addAll(kept.keySet());
        for (String key : keys) {
            T is = kept.get(key);
            T should = reckoned.get(key);
            if (is == null || should == null || !same.test(is, should)) {
                each.accept(what + key + ": kept is " + told(is) + ", reckoned " + told(should));
            }
        }
    }

    private static String told(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case RevenueMovement movement -> movement.kind() + " " + movement.amount() + " in " + movement.month() + ", from " + movement.opening() + " to " + movement.closing()
                    + ", effective " + movement.effectiveAt();
            case Object other -> other.toString();
        };
    }

    /** An exact sum is the same with more zeros behind it. */
    private static boolean same(Standing one, Standing other) {
        return one.year().compareTo(other.year()) == 0 && one.number() == other.number() && one.mrr() == other.mrr() && one.use() == other.use() && Objects.equals(one.month(), other.month())
                && Objects.equals(one.cohort(), other.cohort()) && Objects.equals(one.since(), other.since());
    }

    private static boolean same(Counted one, Counted other) {
        return one.year().compareTo(other.year()) == 0 && one.usage().compareTo(other.usage()) == 0 && one.told() == other.told() && one.paused() == other.paused();
    }
}
