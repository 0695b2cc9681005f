package dev.headroom.postgres;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.headroom.time.TravellingClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is known goes on being answered while the database is away, and whoever is asked then does not wait for it. */
@ExtendWith(OutputCaptureExtension.class)
class OutagesTest {

    private final TravellingClock clock = new TravellingClock(Instant.parse("2026-11-22T00:00:00Z"));
    private final Outages outages = new Outages(clock, Ticker.systemTicker(), new PostgresProperties(Path.of("unused"), null, Duration.ofHours(1)), Runnable::run);
    private final LastKnown<String, String> memory = outages.memory(Duration.ofNanos(1), 10);
    private boolean away;
    private int asked;

    @BeforeEach
    void somethingIsKnown() {
        assertThat(memory.get("a", this::load)).isEqualTo("a1");
    }

    @Test
    void answersWhatWasKnownLastAndTriesOnceASecond() {
        away = true;

        assertThat(memory.get("a", this::load)).isEqualTo("a1");
        assertThat(memory.get("a", this::load)).isEqualTo("a1");
        assertThat(asked).isEqualTo(2);
        assertThat(outages.going()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(memory.get("a", this::load)).isEqualTo("a1");
        assertThat(memory.getAll(Set.of("a", "b"), keys -> Map.of())).containsExactly(Map.entry("a", "a1"));
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void isOverWithTheFirstTryThatSucceeds() {
        away = true;
        memory.get("a", this::load);
        away = false;

        assertThat(memory.get("a", this::load)).isEqualTo("a1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(memory.get("a", this::load)).isEqualTo("a1");
        assertThat(outages.going()).isFalse();
        assertThat(memory.get("a", this::load)).isEqualTo("a4");
    }

    @Test
    void whatWasNeverKnownFailsAsDoesEveryOtherFailure() {
        away = true;
        assertThatThrownBy(() -> memory.get("b", this::load)).hasRootCauseInstanceOf(SQLTransientConnectionException.class);
        away = false;
        clock.advance(Duration.ofSeconds(1));
        memory.get("a", this::load);

        assertThatThrownBy(() -> memory.get("a", _ -> {
            throw new IllegalStateException("a defect");
        })).hasMessage("a defect");
        assertThat(outages.going()).isFalse();
    }

    @Test
    void whatWasNeverKnownIsRefusedAtOnceUntilSomebodyMayTryAgain() {
        away = true;
        memory.get("a", this::load);
        int before = asked;

        assertThatThrownBy(() -> memory.get("b", this::load)).satisfies(refused -> assertThat(Outages.isUnreachable(refused)).isTrue());
        assertThat(asked).isEqualTo(before);
        away = false;
        clock.advance(Duration.ofSeconds(1));
        assertThat(memory.get("b", this::load)).isEqualTo("b" + asked);
        assertThat(outages.going()).isFalse();
    }

    @Test
    void theTimeForWhichItIsAnsweredBeginsWithTheOutageAndNotWhenItWasRead() {
        LastKnown<String, String> hourly = new Outages(
                clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), new PostgresProperties(Path.of("unused"), null, Duration.ofHours(1)), Runnable::run)
                .memory(Duration.ofSeconds(1), 10);
        hourly.get("a", this::load);
        String known = hourly.get("a", this::load);
        clock.advance(Duration.ofMinutes(59));
        away = true;

        assertThat(hourly.get("a", this::load)).isEqualTo(known);
        clock.advance(Duration.ofMinutes(59));
        assertThat(hourly.get("a", this::load)).isEqualTo(known);
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> hourly.get("a", this::load)).satisfies(refused -> assertThat(Outages.isUnreachable(refused)).isTrue());
    }

    @Test
    void whoWaitsForWhatSomebodyReadsInVainIsAnsweredWithoutReadingItAgain() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        away = true;
        int before = asked;
        List<Thread> threads = new ArrayList<>(List.of(asking(answers, key -> {
            begun.countDown();
            await(goOn);
            return load(key);
        })));
        begun.await();
        for (int i = 0; i < 3; i++) {
            Thread waiting = asking(answers, this::load);
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            threads.add(waiting);
        }
        goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(answers).containsExactly("a1", "a1", "a1", "a1");
        assertThat(asked).isEqualTo(before + 1);
    }

    @Test
    void whoWaitsForItWithNothingToFallBackOnIsRefusedWithoutReadingItAgain() throws InterruptedException {
        Memory<String, String> plain = outages.shortMemory(Duration.ofHours(1), 10);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        away = true;
        int before = asked;
        Thread first = Thread.ofPlatform().start(() -> assertThatThrownBy(() -> plain.get("b", key -> {
            begun.countDown();
            await(goOn);
            return load(key);
        })).hasRootCauseInstanceOf(SQLTransientConnectionException.class));
        begun.await();
        Queue<Throwable> refusals = new ConcurrentLinkedQueue<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                plain.get("b", this::load);
            } catch (RuntimeException refused) {
                refusals.add(refused);
            }
        });
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        first.join();
        waiting.join();

        assertThat(refusals).singleElement().satisfies(refused -> assertThat(Outages.isUnreachable(refused)).isTrue());
        assertThat(asked).isEqualTo(before + 1);
    }

    private Thread asking(Queue<String> answers, Function<String, String> load) {
        return Thread.ofPlatform().start(() -> answers.add(memory.get("a", load)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoHasWaitedLongEnoughMakesRoomForTheNext() {
        Memory<String, String> impatient = new Memory<>(Ticker.systemTicker(), Duration.ofHours(1), 10, Duration.ZERO);

        String read = impatient.get("a", _ -> {
            assertThatThrownBy(() -> impatient.get("a", this::load)).satisfies(slow -> assertThat(Outages.isUnreachable(slow)).isTrue());
            assertThat(impatient.get("a", _ -> "next")).isEqualTo("next");
            return "late";
        });

        assertThat(read).isEqualTo("late");
        assertThat(impatient.get("a", this::load)).isEqualTo("next");
    }

    @Test
    void whoWaitedForSomebodyWhoFailedForReasonsOfItsOwnReadsItself() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        Thread stopped = Thread.ofPlatform().start(() -> assertThatThrownBy(() -> memory.get("a", _ -> {
            begun.countDown();
            await(goOn);
            throw new IllegalStateException("stopped");
        })).hasMessage("stopped"));
        begun.await();
        Thread waiting = asking(answers, _ -> "read");
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        stopped.join();
        waiting.join();

        assertThat(answers).containsExactly("read");
    }

    @Test
    void whatIsToldOfAChangeWhileItIsReadIsNotRemembered() {
        LastKnown<String, AtomicInteger> lasting = outages.memory(Duration.ofHours(1), 10);
        lasting.get("a", _ -> new AtomicInteger(1));
        lasting.tell("a", AtomicInteger::incrementAndGet);
        assertThat(lasting.get("a", _ -> new AtomicInteger(0))).hasValueGreaterThan(1);
        lasting.get("b", _ -> {
            lasting.tell("b", AtomicInteger::incrementAndGet);
            return new AtomicInteger(1);
        });

        assertThat(lasting.get("b", _ -> new AtomicInteger(9))).hasValue(9);
    }

    @Test
    void whatIsForgottenWithAllWhileItIsReadIsNotRemembered() {
        LastKnown<String, String> lasting = outages.memory(Duration.ofHours(1), 10);
        lasting.get("x", _ -> {
            lasting.forgetAll();
            return "old";
        });

        assertThat(lasting.get("x", _ -> "new")).isEqualTo("new");
    }

    @Test
    void whatIsAnsweredMeanwhileIsMarked() {
        LastKnown<String, String> marking = outages.memory(Duration.ofNanos(1), 10, known -> known + " long ago");
        marking.get("a", this::load);
        away = true;

        assertThat(marking.get("a", this::load)).isEqualTo("a2 long ago");
        assertThat(marking.getAll(Set.of("a"), keys -> Map.of())).containsExactly(Map.entry("a", "a2 long ago"));
    }

    @Test
    void ofManyThoseAloneAreAnsweredThatWereKnown() {
        away = true;

        assertThat(memory.getAll(Set.of("b", "c"), this::loadAll)).isEmpty();
        assertThat(memory.getAll(Set.of("a", "b"), this::loadAll)).containsOnlyKeys("a");
    }

    @Test
    void whatIsRememberedSaysNothingAboutTheDatabase() {
        LastKnown<String, String> lasting = outages.memory(Duration.ofHours(1), 10);
        lasting.get("a", this::load);
        away = true;
        memory.get("a", this::load);

        assertThat(lasting.getAll(Set.of("a"), this::loadAll)).containsKey("a");
        assertThat(outages.going()).isTrue();
    }

    @Test
    void whatIsForgottenWhileItIsReadIsNotRemembered() {
        LastKnown<String, String> lasting = outages.memory(Duration.ofHours(1), 10);
        lasting.getAll(Set.of("x", "y"), keys -> {
            lasting.forget("x");
            return Map.of("x", "old", "y", "y0");
        });

        assertThat(lasting.get("x", _ -> "new")).isEqualTo("new");
        assertThat(lasting.get("y", _ -> "new")).isEqualTo("y0");
    }

    @Test
    void whatIsDroppedIsNotAnsweredEvenThen() {
        memory.dropAll();
        away = true;

        assertThatThrownBy(() -> memory.get("a", this::load)).hasRootCauseInstanceOf(SQLTransientConnectionException.class);
    }

    @Test
    void thatItBeginsAndHowLongItLastedIsSaidOnce(CapturedOutput output) {
        IllegalStateException failure = new IllegalStateException(new SQLTransientConnectionException("no connection"));
        assertThat(outages.begins(new IllegalStateException("a defect"))).isFalse();
        assertThat(outages.begins(failure)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(outages.begins(failure)).isTrue();
        clock.advance(Duration.ofSeconds(40));
        outages.look(() -> {});
        outages.look(() -> {});

        assertThat(outages.going()).isFalse();
        assertThat(output.getOut()).containsOnlyOnce("The database cannot be reached").containsOnlyOnce("The database is back after 41 s");
    }

    @Test
    void whoLooksInVainLooksAgainASecondLater() {
        IllegalStateException failure = new IllegalStateException(new SQLTransientConnectionException("no connection"));
        outages.begins(failure);
        clock.advance(Duration.ofSeconds(1));
        outages.look(() -> {
            throw failure;
        });

        assertThat(outages.going()).isTrue();
        outages.look(() -> {});
        assertThat(outages.going()).as("not yet").isTrue();
        clock.advance(Duration.ofSeconds(1));
        outages.look(() -> {});
        assertThat(outages.going()).isFalse();
    }

    @Test
    void knowsAnUnreachableDatabaseByItsState() {
        assertThat(Outages.isUnreachable(new IllegalStateException(new SQLException("terminating connection", "57P01")))).isTrue();
        assertThat(Outages.isUnreachable(new IllegalStateException(new SQLException("connection failure", "08006")))).isTrue();
        assertThat(Outages.isUnreachable(new IllegalStateException(new SQLException("syntax error", "42601")))).isFalse();
        assertThat(Outages.isUnreachable(new IllegalStateException(new SQLException("no state")))).isFalse();
    }

    private Map<String, String> loadAll(Set<? extends String> keys) {
        return keys.stream().collect(toMap(key -> key, this::load));
    }

    private String load(String key) {
        asked++;
        if (away) {
            throw new IllegalStateException(new SQLTransientConnectionException("no connection"));
        }
        return key + asked;
    }
}
