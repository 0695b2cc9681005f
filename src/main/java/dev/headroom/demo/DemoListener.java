package dev.headroom.demo;

import dev.headroom.demo.Pasts.Past;
import dev.headroom.error.CannotStartException;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Loads the demo vendor around the start: the catalogue before the web server listens, the history after that. One node tells it; others
 * wait, and go on if that one dies. Until it is told no job runs on any of them: they know the real time only, and would take what is
 * half done for what a dead process left behind.
 */
@Component
@ConditionalOnProperty(name = "headroom.demo", havingValue = "true")
class DemoListener implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DemoListener.class);
    private static final int BEFORE_THE_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 10_000;
    private static final Duration TO_STOP = Duration.ofSeconds(10);
    private static final Duration BEFORE_LOOKING_AGAIN = Duration.ofSeconds(1);

    private final DemoLoads loads;
    private final StripeConnection stripe;
    private final ObjectProvider<Sandbox> sandbox;
    private final ObjectProvider<TaskScheduler> jobs;
    private volatile boolean stopped;
    private volatile @Nullable Past past;
    private volatile @Nullable Thread loading;

    DemoListener(DemoLoads loads, StripeConnection stripe, ObjectProvider<Sandbox> sandbox, ObjectProvider<TaskScheduler> jobs) {
        this.loads = loads;
        this.stripe = stripe;
        this.sandbox = sandbox;
        this.jobs = jobs;
    }

    @Override
    public void start() {
        if (stripe.live()) {
            throw new CannotStartException("Demo data is never loaded with a live Stripe key; start with --no-demo, or without the key.");
        }
        if (sandbox.getIfAvailable() == null) {
            LOG.info("The demo vendor is not loaded: its 26 months can only be lived through in the built-in Stripe sandbox");
            return;
        }
        past = loads.prepare().orElse(null);
    }

    /** Before the first job. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(ContextRefreshedEvent refreshed) {
        if (past != null) {
            schedulers().forEach(SmartLifecycle::stop);
        }
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        Past toLoad = past;
        if (toLoad != null && !stopped) {
            loading = Thread.ofVirtual().name("demo").start(() -> load(toLoad));
        }
    }

    private void load(Past toLoad) {
        try (toLoad) {
            while (!stopped && !loads.done()) {
                loadUnlessAnotherNodeDoes(toLoad);
            }
        } catch (Exception failed) {
            LOG.error("The demo vendor could not be loaded to its end; the next start goes on with it", failed);
        } finally {
            past = null;
            if (!stopped) {
                schedulers().forEach(SmartLifecycle::start);
            }
        }
    }

    /** Who holds renewals off is the one that tells the history; the hold ends with the process that took it. */
    private void loadUnlessAnotherNodeDoes(Past toLoad) throws Exception {
        Optional<AutoCloseable> alone = sandbox.getObject().holdRenewals();
        if (alone.isEmpty()) {
            LockSupport.parkNanos(BEFORE_LOOKING_AGAIN.toNanos());
            return;
        }
        try (AutoCloseable _ = alone.get()) {
            if (!loads.done()) {
                loads.load(toLoad, () -> stopped, System.out::println);
            }
        }
    }

    private Stream<SmartLifecycle> schedulers() {
        return jobs.orderedStream().filter(SmartLifecycle.class::isInstance).map(SmartLifecycle.class::cast);
    }

    @EventListener
    void on(ContextClosedEvent closing) throws InterruptedException {
        stopped = true;
        Thread running = loading;
        destroy();
        if (running != null && !running.join(TO_STOP)) {
            LOG.warn("The demo vendor's loading does not stop; what it is about to do will be finished at the next start");
        }
    }

    /** A start that fails after the catalogue was told, such as on a taken port, is neither stopped nor closed, only destroyed. */
    @Override
    public void destroy() {
        Past opened = past;
        if (loading == null && opened != null) {
            past = null;
            opened.close();
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isRunning() {
        return past != null && !stopped;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER;
    }
}
