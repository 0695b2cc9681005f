package dev.headroom;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.modulith.Modulithic;

/** The one deployable: an API server, a console and, unless told otherwise, the PostgreSQL and the Stripe stand-in they need. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Headroom")
public class Headroom {

    public static void main(String[] arguments) {
        ConfigurableApplicationContext started = SpringApplication.run(Headroom.class, arguments);
        // The launcher rehearses the start once after a build, for the JVM to write down what it loaded.
        if (started.getEnvironment().getProperty("headroom.rehearsal", Boolean.class, false)) {
            started.close();
        }
    }
}
