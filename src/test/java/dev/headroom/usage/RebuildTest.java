package dev.headroom.usage;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import dev.headroom.HeadroomTest;
import dev.headroom.Interjection;
import dev.headroom.account.AccountId;
import dev.headroom.usage.PartitionRepository.Dropped;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.transaction.support.TransactionTemplate;

/** What is kept and what the events say agree to the last digit; where somebody damaged it, that is found and put right. */
@HeadroomTest
class RebuildTest extends RichHistory {

    @Autowired
    TransactionTemplate transaction;
    @Autowired
    Transactions transactions;
    @Autowired
    Interjection interjection;

    @BeforeEach
    void aRichHistory() {
        aVendor();
        sixWeeks();
    }

    @Test
    void whatIsKeptAgreesWithTheEventsToTheLastDigit() {
        assertThat(run(acme, false)).as("%s", said).isEqualTo(RebuildListener.AGREES);
        assertThat(run(other, false)).as("%s", said).isEqualTo(RebuildListener.AGREES);

        assertThat(said).hasSize(2).allMatch(line -> line.matches("\\d{3} events of 1 account counted again: everything agrees."));
        assertThat(METERS).as("every meter was counted").allMatch(meter -> number("select count(*) from usage.counter where feature_id = {0}", feature(meter)) > 0);
        assertThat(number("select count(*) from usage.counter where account_id = {0} and reserved > 0", id(acme))).isPositive();
        assertThat(number("select count(distinct period_from) from usage.event where account_id = {0}", id(acme))).isGreaterThan(1);
    }

    @Test
    void everyDamageIsFoundAndPutRight() {
        String whole = dump();
        Instant window = one("select max(period_from) from usage.counter where account_id = {0} and grain = 'PERIOD' and feature_id = {1}", "traffic");
        Map<String, String> damages = Map.ofEntries(
                entry("update usage.counter set used = used + 1 where grain = 'PERIOD' and grp = '' and " + of("traffic"), "traffic, window from " + window),
                entry("update usage.counter set last_at = last_at - interval '1 microsecond' where grain = 'PERIOD' and grp = '' and " + of("current"), "the latest event is kept as of"),
                entry("delete from usage.counter where grain = 'PERIOD' and grp = '' and " + of("largest"), "largest, window from " + window + ": nothing is kept"),
                entry("delete from usage.counter where grain = 'PERIOD' and " + of("billed"), "billed, window from"),
                entry("delete from usage.counter where grp <> '' and " + of("writes"), "writes, group {\"user\":\"user-1\"} of the window from"),
                entry("update usage.counter set used = 0 where grain = 'HOUR' and " + of("bytes"), "bytes, hour from"),
                entry("update usage.counter set used = used - 1 where grain = 'PERIOD' and " + of("people"), "people, window from"),
                entry("update usage.counter set period_until = period_until + interval '1 day' where grp = '' and grain = 'PERIOD' and " + of("requests"), "it is kept as ending at"),
                entry("update usage.counter set used = used + 7 where grain = 'HOUR' and " + of("active"), "active, hour from"),
                entry("insert into usage.counter (account_id, grain, feature_id, grp, period_from, period_until, used, last_at) select account_id, 'PERIOD', feature_id, 'nonsense', period_from, period_until, 4, last_at from usage.counter where grain = 'PERIOD' and grp = '' and "
                        + of("week"), "group nonsense of the window from 1970-01-01T00:00:00Z: 4 is kept, but no event counts there"),
                entry("delete from usage.seen where value = (select min(value) from usage.seen where " + inTheLatestWindow("billedpeople") + ") and " + inTheLatestWindow("billedpeople"), ": not kept as seen"),
                entry("update usage.seen set first_at = first_at + interval '1 second' where value = 'user-4' and " + of("heldpeople"), "value \"user-4\": kept as seen from"),
                entry("insert into usage.seen select account_id, feature_id, period_from, 'nobody', first_at, last_at from usage.seen where " + inTheLatestWindow("people") + " limit 1", "value \"nobody\": kept as seen"),
                entry("update usage.counter set reserved = reserved + 5 where grain = 'PERIOD' and grp = '' and reserved > 0 and account_id = '" + id(acme) + "'", "is kept as reserved"));
        damages.keySet().forEach(damage -> assertThat(db.execute(damage)).as(damage).isPositive());

        assertThat(run(acme, false)).isEqualTo(RebuildListener.DIFFERS);
        damages.forEach((damage, words) -> assertThat(said).as(damage).anyMatch(line -> line.startsWith(acme + ", ") && line.contains(words.replaceFirst("^(\\w+)(?=, )", "$1-" + story.number()))));
        assertThat(run(other, false)).as("another's are another's").isEqualTo(RebuildListener.AGREES);

        assertThat(run(acme, true)).isEqualTo(RebuildListener.AGREES);
        assertThat(run(acme, false)).isEqualTo(RebuildListener.AGREES);
        assertThat(dump()).isEqualTo(whole);
    }

    @Test
    void whileItIsPutRightOthersGoOnCounting() throws Exception {
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 3; thread++) {
                Random random = new Random(thread);
                int first = 1_000_000 * (thread + 1);
                ends.add(threads.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        Map<String, Object> event = new HashMap<>(event(acme, random));
                        event.put("id", "c" + (first + i));
                        assertThat(story.record(List.of(event)).at("/recordUsage/recorded").asInt()).isOne();
                    }
                }));
            }
            ends.add(threads.submit(() -> {
                for (int round = 0; round < 6; round++) {
                    transactions.within(() -> db.execute("update usage.counter set used = used + 1 where grain = 'PERIOD' and account_id = {0}", val(id(acme))));
                    transactions.within(() -> db.execute("delete from usage.counter where grain = 'HOUR' and account_id = {0}", val(id(acme))));
                    transactions.within(() -> db.execute("delete from usage.seen where value < 'user-2' and account_id = {0}", val(id(acme))));
                    new RebuildListener(rebuilds, accounts, catalog, new DefaultApplicationArguments()).run(acme, null, true, _ -> {});
                }
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }

        assertThat(number("select count(*) from usage.event where event_id like 'c%' and account_id = {0}", id(acme))).isEqualTo(75);
        assertThat(run(acme, false)).as("%s", said).isEqualTo(RebuildListener.AGREES);
    }

    /** Whoever holds rows the other way round makes PostgreSQL end one of the two: here the correction, for the other is more patient. */
    @Test
    void aDeadlockDelaysItAndDoesNotEndIt() throws Exception {
        String whole = dump();
        damageWindow("traffic");
        damageWindow("requests");
        AtomicReference<Future<Integer>> end = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            transactions.within(() -> {
                db.execute("set local deadlock_timeout = '30s'");
                damageWindow("requests");
                if (end.get() == null) {
                    end.set(threads.submit(() -> run(acme, true)));
                    untilSomebodyWaitsForUs();
                }
                damageWindow("traffic");
                return true;
            });

            assertThat(end.get().get()).isEqualTo(RebuildListener.AGREES);
        }
        assertThat(run(acme, true)).as("what was damaged while it ran").isEqualTo(RebuildListener.AGREES);
        assertThat(dump()).isEqualTo(whole);
    }

    /** Whoever sees a value earlier than it was kept takes its count to another hour, here between what was found and what is put right. */
    @Test
    void anHourIsRightAlsoWhereAValueWasSeenMeanwhileByWhatWasWrongOfIt() {
        Instant now = stories.clock().instant();
        assertThat(db.execute("update usage.seen set first_at = {0} where value = 'user-4' and " + of("heldpeople"), val(now.minusSeconds(3_600)))).isOne();
        interjection.after("with open as", () -> assertThat(story.record(List.of(Map.of(
                "id", "meanwhile", "account", acme, "meter", story.key("traffic"), "at", now.minusSeconds(3 * 3_600).toString(),
                "properties", Map.of("user", "user-4")))).at("/recordUsage/recorded").asInt()).isOne());

        assertThat(run(acme, true)).isEqualTo(RebuildListener.AGREES);

        assertThat(interjection.happened()).isTrue();
        said.clear();
        assertThat(run(acme, false)).as("%s", said).isEqualTo(RebuildListener.AGREES);
    }

    private void untilSomebodyWaitsForUs() {
        while (db.fetch("select 1 from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))").isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private void damageWindow(String meter) {
        assertThat(db.execute("update usage.counter set used = used + 1 where grain = 'PERIOD' and grp = '' and " + of(meter))).isPositive();
    }

    @Test
    void whatReachesBackToDroppedEventsIsLeftAsItIs() {
        Instant dropped = YearMonth.from(stories.clock().instant().atOffset(ZoneOffset.UTC)).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        db.execute("insert into usage.dropped (account_id, until) values ({0}, {1})", val(id(acme)), val(dropped));
        db.execute("delete from usage.event where account_id = {0} and at < {1}", val(id(acme)), val(dropped));

        assertThat(run(acme, true)).as("%s", said).isEqualTo(RebuildListener.AGREES);
        assertThat(said).hasSize(2).first().asString().matches("[1-9]\\d* windows not looked at: they reach back to events that are not kept any more.");

        db.execute("update usage.counter set used = used + 1 where grain = 'PERIOD' and " + of("traffic"));
        assertThat(run(acme, false)).isEqualTo(RebuildListener.DIFFERS);
        assertThat(said).filteredOn(line -> line.contains(story.key("traffic") + ", window from")).singleElement().asString().contains("window from " + dropped);
    }

    @Test
    void whoseEventsWereDroppedIsNoted() {
        YearMonth old = YearMonth.of(1998, 5);
        partitions.make(old);
        db.execute("insert into usage.event (account_id, event_id, feature_id, at, quantity, period_from, recorded_at) values ({0}, 'old', {1}, {2}, 1, {2}, {2})",
                val(id(acme)), val(feature("calls")), val(Instant.parse("1998-05-03T00:00:00Z")));

        partitions.drop(old);

        assertThat(partitions.dropped(new AccountId(id(acme))).map(Dropped::until)).contains(Instant.parse("1998-06-01T00:00:00Z"));
        assertThat(partitions.dropped(new AccountId(id(other)))).isEmpty();
    }

    @Test
    void anUnknownAccountIsSaidToBeUnknown() {
        assertThat(run("nobody", false)).isEqualTo(RebuildListener.FAILED);
        assertThat(said).singleElement().asString().contains("No account has the key \"nobody\"");
    }

    @Test
    void whatWasBrokenOffGoesOnBehindTheLastAccountThatWasDone() {
        AccountId first = Stream.of(acme, other).map(key -> new AccountId(id(key))).min(Comparator.comparing(each -> each.value().toString())).orElseThrow();
        String done = first.value().equals(id(acme)) ? acme : other;
        damageWindow("traffic");

        new RebuildListener(rebuilds, accounts, catalog, new DefaultApplicationArguments()).run(null, done, false, said::add);

        assertThat(said.stream().anyMatch(line -> line.startsWith(acme + ", "))).isEqualTo(done.equals(other));
        assertThat(new RebuildListener(rebuilds, accounts, catalog, new DefaultApplicationArguments()).run(null, "nobody", false, said::add)).isEqualTo(RebuildListener.FAILED);
    }

    /** A table that is gone stands for whatever the database refuses. */
    @Test
    void anAccountThatFailsIsNamedAndDoesNotEndIt() {
        int code = Objects.requireNonNull(transaction.execute(refused -> {
            refused.setRollbackOnly();
            db.execute("drop table usage.seen");
            return run(acme, true);
        }));

        assertThat(code).isEqualTo(RebuildListener.FAILED);
        assertThat(said).hasSize(2).first().asString().startsWith(acme + ", not done: ERROR: relation \"usage.seen\" does not exist");
        assertThat(said).last().asString().isEqualTo("1 account not done; once the cause is gone, run it again for: " + acme);
    }

    @Test
    void everyAccountIsLookedAt() {
        List<AccountId> all = new ArrayList<>();
        for (AccountId next = rebuilds.next(null).orElse(null); next != null; next = rebuilds.next(next).orElse(null)) {
            all.add(next);
        }

        assertThat(all).contains(new AccountId(id(acme)), new AccountId(id(other))).doesNotHaveDuplicates();
    }
}
