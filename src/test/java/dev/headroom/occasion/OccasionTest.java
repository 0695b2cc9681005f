package dev.headroom.occasion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** An occasion is known to all that runs below it in the same thread, and to nothing else. */
class OccasionTest {

    @Test
    void itIsKnownWhileItLastsAndTheLogKnowsItToo() {
        Occasion occasion = Occasion.from(Origin.CONSOLE);
        occasion.run(() -> {
            assertThat(Occasion.current()).hasValue(occasion);
            assertThat(MDC.get(Occasion.LOGGED)).isEqualTo(occasion.id().toString());
        });
        assertThat(Occasion.current()).isEmpty();
        assertThat(MDC.get(Occasion.LOGGED)).isNull();
    }

    @Test
    void oneWithinAnotherGivesItsPlaceBackAlsoWhenItFails() {
        Occasion outer = Occasion.from(Origin.API_KEY);
        Occasion inner = outer.by(Origin.ACCOUNT_TOKEN).because("Ticket 4711");
        outer.run(() -> {
            assertThatThrownBy(() -> inner.<Void, IOException>call(() -> {
                assertThat(Occasion.current()).hasValueSatisfying(known -> assertThat(known.reason()).isEqualTo("Ticket 4711"));
                throw new IOException("gone");
            })).isInstanceOf(IOException.class);
            assertThat(Occasion.current()).hasValue(outer);
            assertThat(MDC.get(Occasion.LOGGED)).isEqualTo(outer.id().toString());
        });
        assertThat(inner.id()).isEqualTo(outer.id());
    }

    @Test
    void anotherThreadKnowsNothingOfIt() throws Exception {
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(Occasion.from(Origin.SYSTEM).<Optional<Occasion>, Exception>call(() -> others.submit(Occasion::current).get())).isEmpty();
        }
    }
}
