package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.headroom.occasion.Occasion;
import dev.headroom.postgres.Outages;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Scheduled;

/** No job waits for another one. */
class SchedulingConfigurationTest {

    @Test
    void whatTakesLongKeepsNobodyWaiting() throws InterruptedException {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Jobs.class).web(WebApplicationType.NONE).run()) {
            Jobs jobs = context.getBean(Jobs.class);
            assertThat(jobs.shortOnes.await(30, TimeUnit.SECONDS)).as("both short ones, while two long ones run").isTrue();
            assertThat(jobs.occasions).as("each run is an occasion of its own").hasSizeGreaterThan(1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.headroom.postgres")
    @Import({SchedulingConfiguration.class, Outages.class})
    static class Jobs {

        private final Set<UUID> occasions = ConcurrentHashMap.newKeySet();
        private final CountDownLatch shortOnes = new CountDownLatch(6);

        @Bean
        InstantSource clock() {
            return InstantSource.system();
        }

        @Bean
        Ticker ticker() {
            return Ticker.systemTicker();
        }

        @Scheduled(fixedDelayString = "PT1S")
        void anImport() throws InterruptedException {
            shortOnes.await();
        }

        @Scheduled(fixedDelayString = "PT1S")
        void aSilentStripe() throws InterruptedException {
            shortOnes.await();
        }

        @Scheduled(fixedDelayString = "PT0.01S")
        void webhooks() {
            Occasion.current().ifPresent(occasion -> occasions.add(occasion.id()));
            shortOnes.countDown();
        }

        @Scheduled(fixedDelayString = "PT0.01S")
        void reservations() {
            shortOnes.countDown();
        }
    }
}
