package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.error.CannotStartException;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeConnection;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.scheduling.TaskScheduler;

/** Where no demo data may go. */
@HeadroomTest
class DemoListenerTest {

    @Autowired
    DemoLoads loads;

    @Autowired
    VendorRepository vendors;

    private final StaticListableBeanFactory nothing = new StaticListableBeanFactory();

    @Test
    void aLiveKeyIsRefusedInOneSentence() {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(listener("sk_live_real")::start)
                .withMessageContaining("--no-demo");
    }

    @Test
    void withATestKeyOfRealStripeNothingIsLoaded() {
        DemoListener listener = listener("sk_test_real");
        listener.start();
        assertThat(listener.isRunning()).isFalse();
        assertThat(vendors.find()).isEmpty();
    }

    private DemoListener listener(String key) {
        return new DemoListener(
                loads, new StripeConnection(key, null), nothing.getBeanProvider(Sandbox.class), nothing.getBeanProvider(TaskScheduler.class));
    }
}
