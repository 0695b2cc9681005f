package dev.headroom.stripe;

import com.stripe.StripeClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StripeConfiguration {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;

    @Bean
    StripeClient stripeClient(StripeConnection connection) {
        StripeClient.StripeClientBuilder client = StripeClient.builder()
                .setApiKey(connection.key())
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(READ_MILLIS)
                .setMaxNetworkRetries(2);
        if (connection.base() != null) {
            client.setApiBase(connection.base().toString());
        }
        return client.build();
    }
}
