package dev.headroom.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.actor.Actor;
import dev.headroom.id.Ids;
import dev.headroom.time.TravellingClock;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** How long a key stands for what was made under it. */
@HeadroomTest
class IdempotencyKeysTest {

    private static final Actor.System SELF = new Actor.System("keys-test");

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TravellingClock clock;

    @Autowired
    StatementCounter statements;

    @Test
    void aKeyIsForgottenAfterThirtyFiveDaysAndNotBefore() {
        UUID made = claim("old");
        clock.advance(Duration.ofDays(35));
        UUID later = claim("young");

        keys.forget();
        assertThat(keys.resultOf(SELF, "test", "old", "input")).as("at 35 days").contains(made);

        clock.advance(Duration.ofSeconds(1));
        keys.forget();
        assertThat(keys.resultOf(SELF, "test", "old", "input")).isEmpty();
        assertThat(keys.resultOf(SELF, "test", "young", "input")).contains(later);
    }

    @Test
    void manyAreForgottenInBatches() {
        transaction.executeWithoutResult(_ -> IntStream.range(0, 1_500).forEach(number -> claim("many-" + number)));
        clock.advance(Duration.ofDays(36));

        assertThat(statements.during(keys::forget)).as("other stories have old keys too").isGreaterThanOrEqualTo(2);
        assertThat(keys.resultOf(SELF, "test", "many-0", "input")).isEmpty();
        assertThat(keys.resultOf(SELF, "test", "many-1499", "input")).isEmpty();
        assertThat(statements.during(keys::forget)).isEqualTo(1);
    }

    private UUID claim(String key) {
        UUID result = Ids.next();
        transaction.executeWithoutResult(_ -> assertThat(keys.claim(SELF, "test", key, "input", result)).isEqualTo(new Claim.First()));
        return result;
    }
}
