package dev.headroom;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ForAllTest {

    @Test
    void aFailureNamesTheValueAndTheSeedThatReplaysIt() {
        assertThatThrownBy(() -> forAll(random -> random.nextInt(1, 10), value -> assertThat(value).isZero()))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("Fails for \\d; replay with -Dforall.seed=1");
    }

    @Test
    void aSeedReplaysOneValueAlone() {
        List<Integer> all = new ArrayList<>();
        forAll(random -> random.nextInt(), all::add);
        List<Integer> replayed = new ArrayList<>();
        System.setProperty("forall.seed", "7");
        try {
            forAll(random -> random.nextInt(), replayed::add);
        } finally {
            System.clearProperty("forall.seed");
        }

        assertThat(replayed).containsExactly(all.get(6));
    }

    @Test
    void aPropertyThatHoldsSaysNothing() {
        assertThatCode(() -> forAll(random -> random.nextInt(1, 10), value -> assertThat(value).isPositive()))
                .doesNotThrowAnyException();
    }
}
