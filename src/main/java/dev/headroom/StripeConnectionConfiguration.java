package dev.headroom;

import dev.headroom.error.CannotStartException;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeConnection;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place that knows both Stripe and its stand-in: everybody else is told where to call. */
@Configuration(proxyBeanMethods = false)
class StripeConnectionConfiguration {

    /** @param base where another process runs a stand-in; blank for the real Stripe */
    @Bean
    StripeConnection stripeConnection(
            ObjectProvider<Sandbox> sandbox, @Value("${headroom.stripe-key:}") String key, @Value("${headroom.stripe-base:}") String base) {
        if (key.isBlank()) {
            return new StripeConnection(sandbox.getObject().secretKey(), sandbox.getObject().url());
        }
        if (!key.matches("(sk|rk)_(test|live)_\\S+")) {
            throw new CannotStartException("The Stripe key is none: a secret or restricted key begins with sk_test_, sk_live_, rk_test_ or rk_live_;"
                    + " Stripe's dashboard shows yours under Developers, API keys.");
        }
        return new StripeConnection(key.strip(), base.isBlank() ? null : URI.create(base));
    }
}
