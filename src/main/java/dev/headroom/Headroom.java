package dev.headroom;

import static java.util.stream.Collectors.joining;

import dev.headroom.command.CatalogCommand;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.modulith.Modulithic;

/** The one deployable: an API server, a console and, unless told otherwise, the PostgreSQL and the Stripe stand-in they need. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Headroom")
public class Headroom {

    /** Vaadin's own configuration asks for a web application without looking whether there is one. */
    public static final String WEB_ONLY = Stream.of("SpringBootAutoConfiguration", "SpringSecurityAutoConfiguration", "VaadinScopesConfig")
            .map(name -> "com.vaadin.flow.spring." + name)
            .collect(joining(","));

    private static final int COMMAND_FAILED = 2;
    /** The command that asks a running Headroom, and needs none of its own. */
    private static final String CLIENT = "catalog";

    /** Without a command it is the server. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(CLIENT)) {
            System.exit(CatalogCommand.run(Stream.of(arguments).skip(1).toList()));
        }
        if (arguments.length > 0 && !arguments[0].startsWith("-")) {
            System.exit(command(arguments));
        }
        ConfigurableApplicationContext started = SpringApplication.run(Headroom.class, arguments);
        // The launcher rehearses the start once after a build, for the JVM to write down what it loaded.
        if (started.getEnvironment().getProperty("headroom.rehearsal", Boolean.class, false)) {
            started.close();
        }
    }

    /** Headroom without its web server and its jobs, for a command of an operator; whoever carries it out says how it went. */
    private static int command(String[] arguments) {
        try {
            return SpringApplication.exit(new SpringApplicationBuilder(Headroom.class)
                    .web(WebApplicationType.NONE)
                    .lazyInitialization(true)
                    .logStartupInfo(false)
                    .run(Stream.concat(Stream.of(arguments), Stream.of(
                            "--headroom.command=" + arguments[0], "--headroom.demo=false", "--headroom.jobs=false", "--headroom.sandbox.port=-1",
                            "--logging.level.root=error", "--logging.level.dev.headroom=warn",
                            "--spring.autoconfigure.exclude=" + WEB_ONLY)).toArray(String[]::new)));
        } catch (RuntimeException failed) {
            // Said already, by whoever reports a start that fails.
            return COMMAND_FAILED;
        }
    }
}
