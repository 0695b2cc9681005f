package dev.headroom.idempotency;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

    @Bean
    InputHash inputHash() {
        return new InputHash();
    }
}
