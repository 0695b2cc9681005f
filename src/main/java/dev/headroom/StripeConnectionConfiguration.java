package dev.headroom;

import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeConnection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place that knows both Stripe and its stand-in: everybody else is told where to call. */
@Configuration(proxyBeanMethods = false)
class StripeConnectionConfiguration {

    @Bean
    StripeConnection stripeConnection(ObjectProvider<Sandbox> sandbox, @Value("${headroom.stripe-key:}") String key) {
        return key.isBlank()
                ? new StripeConnection(sandbox.getObject().secretKey(), sandbox.getObject().url())
                : new StripeConnection(key, null);
    }
}
