package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.console.account.Timelines.Bulk;
import dev.headroom.console.account.Timelines.Happening;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunsTest {

    private static Happening happening(String actor, @Nullable Bulk bulk) {
        return new Happening(Instant.EPOCH, bulk == null ? "else" : bulk.name(), actor, "", bulk);
    }

    private static Happening happening(@Nullable Bulk bulk) {
        return happening("console:ada", bulk);
    }

    private static List<String> told(List<Happening> happenings) {
        return Runs.of(happenings).stream().map(run -> run.size() + " " + run.getFirst().what()).toList();
    }

    @Test
    void membersAddedAndSeatedInTurnAreOneLineEach() {
        List<Happening> turns = Stream.iterate(0, at -> at < 4, at -> at + 1)
                .flatMap(at -> Stream.of(happening(Bulk.SEATS), happening(Bulk.MEMBERS)))
                .toList();
        assertThat(told(turns)).containsExactly("4 SEATS", "4 MEMBERS");
    }

    @Test
    void twoOfAKindAreToldOneByOne() {
        assertThat(told(List.of(happening(Bulk.SEATS), happening(Bulk.MEMBERS), happening(Bulk.SEATS)))).containsExactly("1 SEATS", "1 MEMBERS", "1 SEATS");
    }

    @Test
    void anythingElseEndsARun() {
        assertThat(told(List.of(
                happening(Bulk.SEATS), happening(Bulk.SEATS), happening(null), happening(Bulk.SEATS), happening(Bulk.SEATS), happening(Bulk.SEATS))))
                .containsExactly("1 SEATS", "1 SEATS", "1 else", "3 SEATS");
    }

    @Test
    void somebodyElseBeginsARunOfTheirOwn() {
        Happening own = happening("console:ada", Bulk.SEATS);
        Happening other = happening("console:bob", Bulk.SEATS);
        assertThat(told(List.of(other, other, other, own, own, own))).containsExactly("3 SEATS", "3 SEATS");
    }

    @Test
    void nothingIsLost() {
        List<Happening> all = List.of(happening(Bulk.MEMBERS), happening(Bulk.SEATS), happening(Bulk.MEMBERS), happening(Bulk.MEMBERS), happening(null));
        assertThat(Runs.of(all).stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
    }
}
