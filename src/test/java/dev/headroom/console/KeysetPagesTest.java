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
        assertThat(pages.page(0)).startsWith(0).hasSize(10);
        assertThat(pages.page(1)).startsWith(10).hasSize(10);
        assertThat(pages.page(2)).containsExactly(20, 21, 22, 23, 24);
        assertThat(statements).hasValue(3);
    }

    @Test
    void goingBackReadsThePageAgainAndNothingElse() {
        pages.page(0);
        pages.page(1);
        statements.set(0);
        assertThat(pages.page(0)).startsWith(0);
        assertThat(statements).hasValue(1);
    }

    @Test
    void aJumpReadsThePagesOnTheWayOnce() {
        assertThat(pages.page(2)).startsWith(20);
        assertThat(statements).hasValue(3);
    }

    @Test
    void pastTheEndIsNothing() {
        assertThat(pages.page(7)).isEqualTo(List.of());
    }
}
