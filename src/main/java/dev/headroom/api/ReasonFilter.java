package dev.headroom.api;

import dev.headroom.actor.Actor;
import dev.headroom.error.ErrorCode;
import dev.headroom.occasion.Occasion;
import graphql.ExecutionResult;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Why somebody asks, as the request's {@code extensions} say it beside its document: {@code {"query": …, "extensions": {"reason": "Ticket 4711"}}}.
 * An operation over a WebSocket, which no filter has seen, becomes an occasion here.
 */
@Component
@Order(2)
class ReasonFilter implements WebGraphQlInterceptor {

    static final String REASON = "reason";

    private static final int LONGEST = 500;

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Object reason = request.getExtensions().get(REASON);
        if (reason == null && !(request instanceof WebSocketGraphQlRequest)) {
            return chain.next(request);
        }
        if (reason != null && !(reason instanceof String text && !text.isBlank() && text.length() <= LONGEST && text.indexOf('\0') < 0)) {
            return refused(request);
        }
        Occasion occasion = Optional.ofNullable(reason).map(given -> occasion(request).because(given.toString().strip())).orElseGet(() -> occasion(request));
        // Not Mono.from, which cancels what is asked once there is an answer: of a subscription everything would follow it.
        return Mono.fromDirect(listener -> occasion.run(() -> chain.next(request).subscribe(listener)));
    }

    private static Occasion occasion(WebGraphQlRequest request) {
        Actor actor = request.toExecutionInput().getGraphQLContext().get(GraphQlConfiguration.ACTOR);
        return CredentialFilter.occasion(actor);
    }

    private static Mono<WebGraphQlResponse> refused(WebGraphQlRequest request) {
        ExecutionResult result = ExecutionResult.newExecutionResult()
                .addError(ErrorController.refusal(ErrorCode.INVALID_INPUT, "extensions.reason is a text of 1 to " + LONGEST + " characters"))
                .build();
        return Mono.just(new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result)));
    }
}
