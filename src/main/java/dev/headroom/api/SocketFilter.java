package dev.headroom.api;

import dev.headroom.actor.Actor;
import dev.headroom.api.Callers.Caller;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import graphql.ExecutionResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whose WebSocket it is: the credential comes with {@code connection_init}, as a browser can send no header, or with the handshake. It is looked at
 * again with every operation, because a connection may outlive it. The handshake's other headers mean none of the operations.
 */
@Component
@Order(-1)
class SocketFilter implements WebSocketGraphQlInterceptor {

    private static final String CREDENTIAL = "credential";
    private static final String SUBSCRIPTIONS = "subscriptions";
    private static final int MOST_SUBSCRIPTIONS = 20;

    private final Callers callers;

    SocketFilter(Callers callers) {
        this.callers = callers;
    }

    /** An error closes the connection with 4401. */
    @Override
    public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
        Optional.ofNullable(payload.getOrDefault(HttpHeaders.AUTHORIZATION, payload.get("authorization")))
                .map(String::valueOf)
                .or(() -> Optional.ofNullable(session.getHeaders().getFirst(HttpHeaders.AUTHORIZATION)))
                .ifPresent(credential -> session.getAttributes().put(CREDENTIAL, credential));
        session.getAttributes().put(SUBSCRIPTIONS, new AtomicInteger());
        return caller(session) instanceof Caller.Known
                ? Mono.empty()
                : refused();
    }

    /** Hidden, for an error that is known at once is cancelled when it is handed to another thread, whose closing of the connection that interrupts. */
    private static Mono<Object> refused() {
        return Mono.error(HeadroomException.of(ErrorCode.UNAUTHENTICATED, null, "Send {\"Authorization\": \"Bearer …\"} with connection_init")).hide();
    }

    private Caller caller(WebSocketSessionInfo session) {
        return callers.caller((String) session.getAttributes().get(CREDENTIAL), (String) session.getAttributes().get(Sockets.ORIGIN));
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        if (!(request instanceof WebSocketGraphQlRequest operation)) {
            return chain.next(request);
        }
        return switch (caller(operation.getSessionInfo())) {
            case Caller.Known(Actor actor) -> proceed(operation, actor, chain);
            case Caller.Nobody(), Caller.Unknown() -> refused(request, ErrorCode.UNAUTHENTICATED, "This credential has been revoked or has expired; connect again");
            case Caller.FromElsewhere(String origin) -> refused(request, ErrorCode.ORIGIN_NOT_ALLOWED, "Account tokens of this key are not accepted from " + origin);
        };
    }

    private static Mono<WebGraphQlResponse> proceed(WebSocketGraphQlRequest operation, Actor actor, Chain chain) {
        operation.configureExecutionInput((_, input) -> input.graphQLContext(Map.of(GraphQlConfiguration.ACTOR, actor)).build());
        AtomicInteger open = (AtomicInteger) operation.getSessionInfo().getAttributes().get(SUBSCRIPTIONS);
        return chain.next(operation).flatMap(response -> response.getExecutionResult().getData() instanceof Publisher<?> events
                ? counted(operation, response, events, open)
                : Mono.just(response));
    }

    private static Mono<WebGraphQlResponse> counted(
            WebGraphQlRequest request, WebGraphQlResponse response, Publisher<?> events, AtomicInteger open) {
        if (open.incrementAndGet() > MOST_SUBSCRIPTIONS) {
            open.decrementAndGet();
            return refused(request, ErrorCode.QUERY_TOO_COMPLEX, "One connection has at most " + MOST_SUBSCRIPTIONS + " subscriptions at once");
        }
        return Mono.just(response.transform(builder -> builder.data(Flux.from(events).doFinally(_ -> open.decrementAndGet()))));
    }

    private static Mono<WebGraphQlResponse> refused(WebGraphQlRequest request, ErrorCode code, @Nullable String message) {
        ExecutionResult result = ExecutionResult.newExecutionResult().addError(ErrorController.refusal(code, message)).build();
        return Mono.just(new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result)));
    }
}
