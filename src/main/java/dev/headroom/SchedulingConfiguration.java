package dev.headroom;

import dev.headroom.postgres.Outages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Jobs run by themselves, except where a story decides when. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class SchedulingConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulingConfiguration.class);

    /** That the database is away is said once for all jobs, not by each of them every second. */
    @Bean
    SimpleAsyncTaskSchedulerCustomizer failures(Outages outages) {
        return scheduler -> scheduler.setErrorHandler(failure -> {
            if (!outages.begins(failure)) {
                LOG.error("A job failed", failure);
            }
        });
    }
}
