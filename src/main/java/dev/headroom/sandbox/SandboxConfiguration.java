package dev.headroom.sandbox;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Brings the sandbox up where no Stripe key is configured. It listens as soon as the bean exists, so its URL can be injected. */
@Configuration(proxyBeanMethods = false)
@Conditional(SandboxConfiguration.NoStripeKey.class)
class SandboxConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Sandbox sandbox(DataSource dataSource, InstantSource clock, SandboxProperties properties) {
        return new Sandbox(dataSource, clock, new SandboxOptions(properties.port(), null, properties.taxPercent()));
    }

    static class NoStripeKey implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("headroom.stripe-key", "").isBlank();
        }
    }
}
