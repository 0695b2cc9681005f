package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.error.CannotStartException;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Where no demo data may go. */
@HeadroomTest
class DemoListenerTest {

    @Autowired
    DemoLoads loads;

    @Autowired
    VendorRepository vendors;

    @Autowired
    Sandbox sandbox;

    @Autowired
    DSLContext db;

    @Autowired
    ConfigurableApplicationContext context;

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

    @Test
    void aSecondNodeNeitherLoadsNorRunsJobsWhileTheFirstOneLoads() throws Exception {
        Waiting jobs = new Waiting();
        jobs.start();
        vendors.insert(new Vendor(1, 1, context.getBean(InstantSource.class).instant(), null));
        assertThat(vendors.insert(new Vendor(2, 2, Instant.EPOCH, null))).as("there is one vendor").isFalse();
        DemoListener second = new DemoListener(
                loads, new StripeConnection("sk_test_sandbox", null), provider(sandbox, Sandbox.class), provider(jobs, TaskScheduler.class));
        try (AutoCloseable _ = sandbox.holdRenewals().orElseThrow()) {
            second.start();
            second.on(new ContextRefreshedEvent(context));
            second.on(new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO));
            assertThat(second.isRunning()).isTrue();
            assertThat(jobs.isRunning()).isFalse();
            vendors.loaded(context.getBean(InstantSource.class).instant());
        }
        assertThat(jobs.started.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(jobs.isRunning()).isTrue();
        assertThat(vendors.told()).isEmpty();
    }

    @Test
    void aStartThatFailsAfterTheCatalogueWasToldLeavesNothingRunning() {
        vendors.insert(new Vendor(1, 1, context.getBean(InstantSource.class).instant(), null));
        DemoListener listener = new DemoListener(
                loads, new StripeConnection("sk_test_sandbox", null), provider(sandbox, Sandbox.class), nothing.getBeanProvider(TaskScheduler.class));
        listener.start();
        assertThat(listener.isRunning()).isTrue();

        listener.destroy();

        assertThat(listener.isRunning()).isFalse();
    }

    @AfterEach
    void forget() {
        db.execute("delete from demo.vendor");
    }

    /** Can be waited for until it is started a second time. */
    private static final class Waiting extends SimpleAsyncTaskScheduler {

        private static final long serialVersionUID = 1L;
        private final CountDownLatch started = new CountDownLatch(2);

        @Override
        public void start() {
            super.start();
            started.countDown();
        }
    }

    private static <T> ObjectProvider<T> provider(T bean, Class<T> type) {
        return new StaticListableBeanFactory(Map.of("it", bean)).getBeanProvider(type);
    }

    private DemoListener listener(String key) {
        return new DemoListener(
                loads, new StripeConnection(key, null), nothing.getBeanProvider(Sandbox.class), nothing.getBeanProvider(TaskScheduler.class));
    }
}
