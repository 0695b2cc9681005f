package dev.headroom.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
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

    private static final int LARGEST_MESSAGE = 64 * 1024;
    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(30);

    private final Semaphore free;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    Sockets(WebGraphQlHandler graphQl, JsonMapper json, Bounds bounds) {
        super(graphQl, new JacksonJsonHttpMessageConverter(json), bounds.untilCredential(), BETWEEN_PINGS, decidedBefore());
        free = new Semaphore(bounds.most());
    }

    /**
     * @param most            connections at once
     * @param untilCredential how long one may stay open without having said who it is
     */
    record Bounds(int most, Duration untilCredential) {

        static final Bounds OF_A_NODE = new Bounds(500, Duration.ofSeconds(10));
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

    /** Whatever fails here, the connection is closed, and so is every one that is refused: only there, and once, does one that was let in make room. */
    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (!free.tryAcquire()) {
            close(session, CloseStatus.SERVICE_OVERLOAD);
            return;
        }
        open.add(session.getId());
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
        if (open.remove(session.getId())) {
            free.release();
        }
        super.afterConnectionClosed(session, status);
    }
}
