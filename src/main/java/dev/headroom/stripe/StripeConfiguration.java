package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import dev.headroom.error.CannotStartException;
import dev.headroom.stripe.StripeOwnerRepository.Owner;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripeConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(StripeConfiguration.class);

    /**
     * Nobody is given a client before it is known that this database's ids are of the account that the key is for: customers, prices and
     * webhooks of one account mean nothing at another.
     *
     * @throws CannotStartException when they are of another
     */
    @Bean
    StripeClient stripeClient(StripeConnection connection, StripeProperties properties, StripeOwnerRepository owners, InstantSource clock) {
        StripeClient stripe = client(connection, properties);
        try {
            String account = call(() -> stripe.v1().accounts().retrieveCurrent()).getId();
            Owner asked = new Owner(account, connection.live(), clock.instant());
            Owner owner = owners.owner(asked);
            if (!owner.same(asked)) {
                throw new CannotStartException("This database belongs to Stripe's account " + owner + " and the key is for " + asked
                        + "; start with a key for that account, or with another database.");
            }
        } catch (StripeUnavailableException | StripeRefusedException untold) {
            LOG.warn("Stripe does not tell which account the key is for, so nobody looks whether this database is of the same: {}", untold.getMessage());
        }
        return stripe;
    }

    static StripeClient client(StripeConnection connection, StripeProperties properties) {
        StripeClient.StripeClientBuilder client = StripeClient.builder()
                .setApiKey(connection.key())
                .setConnectTimeout((int) properties.connectTimeout().toMillis())
                .setReadTimeout((int) properties.readTimeout().toMillis())
                .setMaxNetworkRetries(2);
        if (connection.base() != null) {
            client.setApiBase(connection.base().toString());
        }
        return client.build();
    }
}
