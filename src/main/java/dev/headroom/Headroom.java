package dev.headroom;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** The one deployable: an API server, a console and, unless told otherwise, the PostgreSQL and the Stripe stand-in they need. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Headroom")
public class Headroom {

    public static void main(String[] arguments) {
        SpringApplication.run(Headroom.class, arguments);
    }
}
