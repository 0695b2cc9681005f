package dev.headroom.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.TestDatabase;
import dev.headroom.World.Stories;
import dev.headroom.error.CannotStartException;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.sandbox.SandboxOptions;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A database stays with the Stripe account that its ids are of. */
@HeadroomTest
class StripeOwnerTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeConnection connection;

    @Autowired
    StripeOwnerRepository owners;

    @Autowired
    StripeProperties properties;

    @Test
    void theSameAccountIsLetInAgain() {
        assertThat(startWith(connection)).isNotNull();
    }

    @Test
    void anotherAccountIsRefusedInOneSentence() {
        try (TestDatabase elsewhere = TestDatabase.fresh();
                Sandbox other = new Sandbox(elsewhere.dataSource(), stories.clock(), SandboxOptions.defaults())) {
            other.start();
            assertThatExceptionOfType(CannotStartException.class)
                    .isThrownBy(() -> startWith(new StripeConnection(other.secretKey(), other.url())))
                    .withMessageMatching("This database belongs to Stripe's account acct_\\w+ \\(test\\) and the key is for acct_\\w+ \\(test\\); "
                            + "start with a key for that account, or with another database\\.");
        }
    }

    @Test
    void liveAndTestAreNotTheSame() {
        StripeOwnerRepository.Owner test = new StripeOwnerRepository.Owner("acct_1", false, stories.clock().instant());
        StripeOwnerRepository.Owner live = new StripeOwnerRepository.Owner("acct_1", true, stories.clock().instant());
        assertThat(test.same(live)).isFalse();
    }

    @Test
    void aStripeThatIsSilentKeepsNobodyFromStarting() {
        assertThat(startWith(new StripeConnection("sk_test_nobody", URI.create("http://127.0.0.1:1")))).isNotNull();
    }

    private Object startWith(StripeConnection other) {
        return new StripeConfiguration().stripeClient(other, properties, owners, stories.clock());
    }
}
