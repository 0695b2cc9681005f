package dev.headroom.welcome;

import dev.headroom.stripe.StripeConnection;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where everything is, on standard output and nowhere else: the lines hold a password. */
@Component
@ConditionalOnWebApplication
class WelcomeListener {

    private final FirstOwners owners;
    private final WelcomeProperties properties;
    private final StripeConnection stripe;
    private final JdbcConnectionDetails database;
    private final Environment environment;

    WelcomeListener(
            FirstOwners owners, WelcomeProperties properties, StripeConnection stripe, JdbcConnectionDetails database, Environment environment) {
        this.owners = owners;
        this.properties = properties;
        this.stripe = stripe;
        this.database = database;
        this.environment = environment;
    }

    /** Before others, who may have more to say. */
    @EventListener
    @Order(0)
    void on(ApplicationReadyEvent ready) {
        if (properties.rehearsal() || !(ready.getApplicationContext() instanceof WebServerApplicationContext context)) {
            return;
        }
        Optional<WebServer> server = Optional.ofNullable(context.getWebServer());
        String url = "http://localhost:" + server.map(WebServer::getPort).orElse(0);
        Greeting greeting = new Greeting(url, owners.ensure(), CredentialsFile.in(properties.data()), money(), place());
        greeting.lines().forEach(System.out::println);
    }

    private String money() {
        if (stripe.base() != null) {
            return "the built-in sandbox, to watch at " + stripe.base() + "; no money moves";
        }
        return stripe.live() ? "Stripe with a LIVE key; charges are real" : "Stripe with a test key; no money moves";
    }

    private String place() {
        boolean embedded = environment.getProperty("headroom.database-url", "").isBlank();
        return embedded
                ? properties.data().toAbsolutePath().normalize().toString()
                : String.valueOf(database.getJdbcUrl()).replaceFirst("^jdbc:", "").replaceFirst("\\?.*$", "");
    }
}
