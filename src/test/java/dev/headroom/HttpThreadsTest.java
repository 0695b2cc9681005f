package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executor;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

@HeadroomTest
class HttpThreadsTest {

    @Autowired
    private ServletWebServerApplicationContext context;

    /** As docs/adr/0024 decides; Spring Boot would have given them virtual threads, as it does to jobs. */
    @Test
    void requestsRunOnPlatformThreads() {
        ProtocolHandler http = ((TomcatWebServer) context.getWebServer()).getTomcat().getConnector().getProtocolHandler();
        Executor threads = http.getExecutor();
        assertThat(threads).isInstanceOfSatisfying(ThreadPoolExecutor.class,
                pool -> assertThat(pool.getThreadFactory().newThread(() -> {}).isVirtual()).isFalse());
    }
}
