package dev.headroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an operator sees of queries. */
@HeadroomTest
class QueryMetricsTest {

    @Autowired
    Stories stories;

    @Autowired
    MeterRegistry meters;

    @Test
    void everyQueryIsMeasuredAndNoFieldOfIt() {
        long before = queries();

        stories.begin().backend().ask("{ __typename }");

        assertThat(queries()).isGreaterThan(before);
        assertThat(meters.find("graphql.datafetcher").timers()).isEmpty();
    }

    private long queries() {
        return meters.find("graphql.request").timers().stream().mapToLong(Timer::count).sum();
    }
}
