package dev.headroom.usage;

import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes down what became of the events that came, and forgets it when the events themselves are forgotten. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class IntakeJob {

    private final Intakes intake;
    private final UsageProperties properties;
    private final InstantSource clock;

    IntakeJob(Intakes intake, UsageProperties properties, InstantSource clock) {
        this.intake = intake;
        this.properties = properties;
        this.clock = clock;
    }

    /** When the server stops as well: only a process that is killed loses anything. */
    @PreDestroy
    @Scheduled(fixedDelayString = "PT5S")
    void write() {
        intake.write();
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        intake.forget(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minus(properties.kept()));
    }
}
