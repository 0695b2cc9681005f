package dev.headroom;

import dev.headroom.error.CannotStartException;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What stopped the start, as one sentence on standard error instead of a stack trace; a defect keeps its trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartFailureReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> sentence = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> sentence(cause).stream()).findFirst();
        sentence.ifPresent(System.err::println);
        return sentence.isPresent();
    }

    private static Optional<String> sentence(Throwable cause) {
        return switch (cause) {
            case CannotStartException refused -> Optional.of(refused.getMessage());
            case PortInUseException taken -> Optional.of("Port " + taken.getPort()
                    + " is taken by another program; stop that one, or choose another port with --port.");
            case Throwable other -> Optional.empty();
        };
    }
}
