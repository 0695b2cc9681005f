package dev.headroom;

import dev.headroom.occasion.Occasion;
import dev.headroom.occasion.Origin;
import dev.headroom.postgres.Outages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * Jobs run by themselves, except where a story decides when. Each has a thread of its own: a long import, or a Stripe that does not answer, keeps
 * neither webhooks nor expiring reservations waiting.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class SchedulingConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulingConfiguration.class);

    /** That the database is away is said once for all jobs, not by each of them every second. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler(Outages outages) {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("job-");
        scheduler.setVirtualThreads(true);
        scheduler.setTaskDecorator(job -> () -> Occasion.from(Origin.SYSTEM).run(job));
        scheduler.setErrorHandler(failure -> {
            if (!outages.begins(failure)) {
                LOG.error("A job failed", failure);
            }
        });
        return scheduler;
    }

    @Bean
    ThreadForEachJob threadForEachJob(ThreadPoolTaskScheduler scheduler, ScheduledTaskHolder jobs) {
        return new ThreadForEachJob(scheduler, jobs);
    }

    /** How many jobs there are is known when all of them have been found. */
    record ThreadForEachJob(ThreadPoolTaskScheduler scheduler, ScheduledTaskHolder jobs) {

        @EventListener(ApplicationStartedEvent.class)
        void make() {
            scheduler.setPoolSize(Math.max(1, jobs.getScheduledTasks().size()));
        }
    }
}
