package dev.headroom;

import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Requests over HTTP have platform threads, which the operating system takes off a processor in turn. A virtual thread keeps it for as long as it has
 * something to do, and one that answers a connection has as long as that asks again at once: all others would wait, see {@code docs/adr/0024}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class HttpThreadsConfiguration {

    /** Runs after Spring Boot's own, which gives Tomcat an executor of virtual threads: without one it makes a pool of its own. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> httpThreads() {
        return server -> server.addProtocolHandlerCustomizers(protocol -> ((AbstractProtocol<?>) protocol).setExecutor(null));
    }
}
