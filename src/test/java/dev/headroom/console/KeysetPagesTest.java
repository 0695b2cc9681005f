package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysetPagesTest {

    private final AtomicInteger statements = new AtomicInteger();
    private final KeysetPages<Integer> pages = new KeysetPages<>((last, size) -> {
        statements.incrementAndGet();
        return IntStream.range(last == null ? 0 : last + 1, 25).limit(size).boxed().toList();
    }, 10);

    @Test
    void pagesFollowEachOtherWithOneStatementEach() {
        assertThat(pages.slice(0, 10)).startsWith(0).hasSize(10);
        assertThat(pages.slice(10, 10)).startsWith(10).hasSize(10);
        assertThat(pages.slice(20, 10)).containsExactly(20, 21, 22, 23, 24);
        assertThat(statements).hasValue(3);
    }

    @Test
    void goingBackReadsThePageAgainAndNothingElse() {
        pages.slice(0, 20);
        statements.set(0);
        assertThat(pages.slice(0, 10)).startsWith(0);
        assertThat(statements).hasValue(1);
    }

    @Test
    void aJumpReadsThePagesOnTheWayOnce() {
        assertThat(pages.slice(20, 10)).startsWith(20);
        assertThat(statements).hasValue(3);
    }

    @Test
    void aSliceMayBeginAndEndInTheMiddleOfPages() {
        assertThat(pages.slice(7, 6)).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(pages.slice(23, 1)).containsExactly(23);
    }

    @Test
    void pastTheEndIsNothing() {
        assertThat(pages.slice(70, 10)).isEqualTo(List.of());
        assertThat(pages.slice(25, 10)).isEqualTo(List.of());
    }
}
