package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who waits goes together, and nobody pays for somebody else's mistake. */
class GatheringTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<List<String>> together = new ArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Gathering<String, String> gathering = new Gathering<>(this::act, String::length, 9, 1);

    /** All or nothing, as a transaction is. */
    private List<String> act(List<String> inputs) {
        together.add(inputs);
        if (inputs.contains("first")) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        if (inputs.contains("bad")) {
            throw new IllegalArgumentException("bad");
        }
        if (inputs.contains("away")) {
            throw new IllegalArgumentException("away", new SQLTransientConnectionException("no connection"));
        }
        return inputs.stream().map(input -> input + "!").toList();
    }

    @Test
    void whoFailsTogetherFailsForReasonsOfItsOwnOnly() throws InterruptedException {
        behindTheFirst("one", "bad", "two");

        assertThat(answers).containsOnly(
                Map.entry("first", "first!"), Map.entry("one", "one!"), Map.entry("bad", "failed: bad"), Map.entry("two", "two!"));
        assertThat(together).containsExactly(List.of("first"), List.of("one", "bad", "two"), List.of("one"), List.of("bad"), List.of("two"));
        assertThatThrownBy(() -> gathering.call("bad")).isInstanceOf(IllegalArgumentException.class);
        assertThat(gathering.call("after")).as("the place is free again").isEqualTo("after!");
    }

    @Test
    void nobodyTriesAgainByItselfWhileTheDatabaseCannotBeReached() throws InterruptedException {
        behindTheFirst("a", "away", "b");

        assertThat(answers).containsOnly(
                Map.entry("first", "first!"), Map.entry("a", "failed: away"), Map.entry("away", "failed: away"), Map.entry("b", "failed: away"));
        assertThat(together).containsExactly(List.of("first"), List.of("a", "away", "b"));
    }

    @Test
    void whatIsTooHeavyTogetherGoesOneAfterTheOther() throws InterruptedException {
        behindTheFirst("12345", "1234", "123", "1234567890123");

        assertThat(together).containsExactly(List.of("first"), List.of("12345", "1234"), List.of("123"), List.of("1234567890123"));
        assertThat(answers).hasSize(5).doesNotContainValue("failed");
    }

    /** In this order, each waiting before the next one comes. */
    private void behindTheFirst(String... others) throws InterruptedException {
        List<Thread> threads = new ArrayList<>(List.of(caller("first")));
        begun.await();
        for (String other : others) {
            Thread thread = caller(other);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            threads.add(thread);
        }
        goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private Thread caller(String input) {
        return Thread.ofPlatform().start(() -> {
            try {
                answers.put(input, gathering.call(input));
            } catch (IllegalArgumentException failed) {
                answers.put(input, "failed: " + failed.getMessage());
            }
        });
    }
}
