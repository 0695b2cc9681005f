package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.invoice.Invoices;
import dev.headroom.revenue.LedgerCorrectionRepository.Correction;
import dev.headroom.revenue.KeptRepository.Kept;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionChanged.Fact;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private final LedgerCorrectionRepository corrections;
    private final TransactionTemplate moment;

    LedgerRebuilds(
            Subscriptions subscriptions, Invoices invoices, PastRepository pasts, SettingsRepository settings, KeptRepository keeps,
            LedgerCorrectionRepository corrections, TransactionTemplate transaction) {
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.pasts = pasts;
        this.settings = settings;
        this.keeps = keeps;
        this.corrections = corrections;
        this.moment = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.moment.setReadOnly(true);
    }

    /**
     * What was compared.
     *
     * @param renamed of the movements, how many agree but for the name that an earlier edition of the rules gave them
     */
    record Compared(int movements, int renamed) {}

    /** The account after another of which anything was ever recorded or brought. */
    Optional<AccountId> next(@Nullable AccountId after) {
        return Stream.concat(subscriptions.withHistory(SELF, after, 1).stream(), pasts.next(after).stream()).min(Comparator.comparing(each -> each.value().toString()));
    }

    /**
     * Tells of everything that is kept otherwise than it follows from the history, as it stood at one moment.
     */
    Compared compare(AccountId account, Consumer<String> each) {
        return Objects.requireNonNull(moment.execute(_ -> {
            if (!keeps.begun(account)) {
                each.accept("its history is not in the ledger");
                return new Compared(0, 0);
            }
            Reckoned reckoned = reckoned(account, each);
            return new Compared(reckoned.kept().movements().size(), renamed(reckoned.should(), reckoned.kept()));
        }));
    }

    /**
     * What is kept of an account beside what should be.
     *
     * @param differing currencies in which they are not the same
     * @param last      what was recorded last of each subscription
     */
    record Reckoned(Kept kept, Kept should, Set<Currency> differing, Map<SubscriptionId, Fact> last) {}

    /** In the transaction of whoever asks. */
    Reckoned reckoned(AccountId account, Consumer<String> each) {
        Kept kept = keeps.kept(account);
        List<PastFact> brought = pasts.of(account);
        List<Recorded> history = recorded(account);
        Map<SubscriptionId, Fact> last = new TreeMap<>(Comparator.comparing(SubscriptionId::toString));
        brought.forEach(past -> last.put(past.fact().subscription(), past.fact()));
        history.forEach(recorded -> last.put(recorded.subscription(), recorded.fact()));
        Kept should = reckon(brought, inTurn(history, kept.movements().values()), kept, corrections.last(account));
        Set<String> names = new TreeSet<>();
        names.addAll(differences("movement ", should.movements(), kept.movements(), (is, reckoned) -> is.equals(reckoned) || namedBefore(reckoned, is, kept.early()), each));
        names.addAll(differences("balance ", should.standings(), kept.standings(), LedgerRebuilds::same, each));
        names.addAll(differences("subscription ", should.counted(), kept.counted(), LedgerRebuilds::same, each));
        names.addAll(differences("handed on ", should.handedOn(), kept.handedOn(), Objects::equals, each));
        names.addAll(differences("month ", should.months(), kept.months(), Objects::equals, each));
        return new Reckoned(kept, should, currencies(names, last), last);
    }

    private List<Recorded> recorded(AccountId account) {
        return Recorded.inOrder(Stream.concat(subscriptions.history(SELF, account).stream(), pasts.ended(account).stream()).toList(), invoices.usage(SELF, account));
    }

    /** What is named by a currency, or by a subscription, is of it. */
    private static Set<Currency> currencies(Set<String> names, Map<SubscriptionId, Fact> last) {
        return last.values().stream()
                .filter(fact -> names.stream().anyMatch(name -> name.contains(fact.currency().toString()) || name.contains(fact.subscription().toString())))
                .map(Fact::currency)
                .collect(Collectors.toSet());
    }

    /** What was booked by the first edition of the rules keeps the name that it had there: a cross-sell, whatever it would be called now. */
    private static boolean namedBefore(RevenueMovement reckoned, RevenueMovement kept, Set<UUID> early) {
        return kept.kind() == MovementKind.CROSS_SELL && early.contains(kept.id()) && reckoned.named(MovementKind.CROSS_SELL).equals(kept);
    }

    private static int renamed(Kept reckoned, Kept kept) {
        return (int) reckoned.movements().entrySet().stream()
                .filter(each -> kept.movements().containsKey(each.getKey()) && kept.movements().get(each.getKey()).kind() != each.getValue().kind())
                .filter(each -> namedBefore(each.getValue(), kept.movements().get(each.getKey()), kept.early()))
                .count();
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

    /** Where an account was corrected, what was booked until then stays, and the history goes on from what it says of that time. */
    private Kept reckon(List<PastFact> brought, List<Recorded> turn, Kept kept, Map<Currency, Correction> corrected) {
        Set<UUID> later = kept.movements().values().stream()
                .filter(each -> corrected.containsKey(each.amount().currency()) && each.number() > corrected.get(each.amount().currency()).through())
                .map(RevenueMovement::source)
                .collect(Collectors.toSet());
        Predicate<Recorded> before = each -> corrected.containsKey(each.fact().currency()) && !later.contains(each.id())
                && !each.at().isAfter(corrected.get(each.fact().currency()).at());
        Reckoning reckoning = new Reckoning();
        brought.forEach(past -> reckoning.bring(past, settings.asOf(past.fact().at()).months()));
        turn.stream().filter(before).forEach(each -> reckoning.record(each, settings.asOf(each.at()).months()));
        corrected.forEach((currency, correction) -> reckoning.correct(currency, kept.movements().values().stream()
                .filter(each -> each.amount().currency().equals(currency) && each.number() <= correction.through())
                .sorted(Comparator.comparingInt(RevenueMovement::number))
                .toList()));
        turn.stream().filter(before.negate()).forEach(each -> reckoning.record(each, settings.asOf(each.at()).months()));
        return reckoning.kept();
    }

    /** @return the names of what differs */
    private static <T> Set<String> differences(String what, Map<String, T> reckoned, Map<String, T> kept, BiPredicate<T, T> same, Consumer<String> each) {
        Set<String> keys = new TreeSet<>(reckoned.keySet());
        keys.addAll(kept.keySet());
        keys.removeIf(key -> kept.get(key) != null && reckoned.get(key) != null && same.test(kept.get(key), reckoned.get(key)));
        keys.forEach(key -> each.accept(what + key + ": kept is " + told(kept.get(key)) + ", reckoned " + told(reckoned.get(key))));
        return keys;
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
