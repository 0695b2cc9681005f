package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.error.CannotStartException;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

@ExtendWith(OutputCaptureExtension.class)
class StartFailureReporterTest {

    private final SpringBootExceptionReporter reporter = new StartFailureReporter();

    @Test
    void a_refused_start_is_its_sentence_and_nothing_else(CapturedOutput output) {
        Throwable refused = new BeanCreationException("bean", "wrapped twice",
                new IllegalStateException(new CannotStartException("The disk is full; free some space.", new RuntimeException("cause"))));

        assertThat(reporter.reportException(refused)).isTrue();
        assertThat(output.getErr()).isEqualTo("The disk is full; free some space." + System.lineSeparator());
        assertThat(output.getOut()).isEmpty();
    }

    @Test
    void a_taken_port_is_one_sentence(CapturedOutput output) {
        assertThat(reporter.reportException(new ApplicationContextException("server", new PortInUseException(8080)))).isTrue();
        assertThat(output.getErr()).isEqualTo(
                "Port 8080 is taken by another program; stop that one, or choose another port with --port." + System.lineSeparator());
    }

    @Test
    void a_defect_is_left_to_spring_with_its_trace(CapturedOutput output) {
        assertThat(reporter.reportException(new IllegalStateException("defect"))).isFalse();
        assertThat(output.getAll()).isEmpty();
    }

    @Test
    void spring_asks_it_first() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                .load(SpringBootExceptionReporter.class, ArgumentResolver.none(), FailureHandler.logging(LogFactory.getLog(getClass()))))
                .first().isInstanceOf(StartFailureReporter.class);
    }
}
