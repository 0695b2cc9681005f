package dev.headroom.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlWebSocketHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over WebSockets (graphql-transport-ws), of which each holds a thread to write with: so only so many are open at once. */
final class Sockets extends GraphQlWebSocketHandler {

    /** Where a connection keeps the origin of the page that opened it, if that is another site's. */
    static final String ORIGIN = "origin";

    private static final int MOST = 500;
    private static final int LARGEST_MESSAGE = 64 * 1024;
    private static final Duration UNTIL_CREDENTIAL = Duration.ofSeconds(10);
    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(30);

    private final AtomicInteger open = new AtomicInteger();

    Sockets(WebGraphQlHandler graphQl, JsonMapper json) {
        super(graphQl, new JacksonJsonHttpMessageConverter(json), UNTIL_CREDENTIAL, BETWEEN_PINGS, decidedBefore());
    }

    /** Whether the origin may is decided as for every other request, by {@link OriginFilter}, and again with the credential. */
    private static CorsConfiguration decidedBefore() {
        CorsConfiguration any = new CorsConfiguration();
        any.setAllowedOriginPatterns(List.of(CorsConfiguration.ALL));
        return any;
    }

    static boolean isHandshake(HttpServletRequest request) {
        return request.getMethod().equals("GET") && request.getRequestURI().equals("/graphql")
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    @Override
    public WebSocketHttpRequestHandler initWebSocketHttpRequestHandler(HandshakeHandler handshakes) {
        WebSocketHttpRequestHandler handler = super.initWebSocketHttpRequestHandler(handshakes);
        List<HandshakeInterceptor> interceptors = new ArrayList<>(handler.getHandshakeInterceptors());
        interceptors.add(new OriginInterceptor());
        handler.setHandshakeInterceptors(interceptors);
        return handler;
    }

    private static final class OriginInterceptor implements HandshakeInterceptor {

        @Override
        public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Map<String, Object> attributes) {
            if (request instanceof ServletServerHttpRequest servlet) {
                Optional.ofNullable(CredentialFilter.origin(servlet.getServletRequest())).ifPresent(origin -> attributes.put(ORIGIN, origin));
            }
            return true;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, @Nullable Exception failure) {
            // Everything was decided before it.
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (open.incrementAndGet() > MOST) {
            close(session, CloseStatus.SERVICE_OVERLOAD);
            return;
        }
        session.setTextMessageSizeLimit(LARGEST_MESSAGE);
        super.afterConnectionEstablished(session);
    }

    private static void close(WebSocketSession session, CloseStatus status) {
        try {
            session.close(status);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        open.decrementAndGet();
        super.afterConnectionClosed(session, status);
    }
}
