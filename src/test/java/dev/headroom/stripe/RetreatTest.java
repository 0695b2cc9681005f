package dev.headroom.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetreatTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    @Test
    void whatFailsForFiveMinutesIsTriedTenTimesAndNewsSevenTimes() {
        Retreat retreat = new Retreat();
        int tries = 0;
        int news = 0;
        for (int second = 0; second < 300; second++) {
            if (retreat.over(START.plusSeconds(second))) {
                tries++;
                news += retreat.lengthen(START.plusSeconds(second)) ? 1 : 0;
            }
        }
        assertThat(tries).isEqualTo(10);
        assertThat(news).isEqualTo(7);
    }

    @Test
    void whatWorksAgainEndsItOnceAndTheNextFailureBeginsAnew() {
        Retreat retreat = new Retreat();
        retreat.lengthen(START);
        retreat.lengthen(START);

        assertThat(retreat.over(START)).isFalse();
        assertThat(retreat.end()).isTrue();
        assertThat(retreat.end()).isFalse();
        assertThat(retreat.over(START)).isTrue();
        assertThat(retreat.lengthen(START)).isTrue();
        assertThat(retreat.over(START.plusSeconds(1))).isTrue();
    }
}
