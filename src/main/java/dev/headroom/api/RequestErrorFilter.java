package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives the errors that the GraphQL engine itself raises, such as a syntax error, a code like every other. */
@Component
@Order(1)
class RequestErrorFilter implements WebGraphQlInterceptor {

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).map(response -> response.getErrors().isEmpty() ? response : response.transform(
                builder -> builder.errors(response.getExecutionResult().getErrors().stream().map(RequestErrorFilter::coded).toList())));
    }

    private static GraphQLError coded(GraphQLError error) {
        Map<String, Object> extensions = error.getExtensions() == null ? new HashMap<>() : new HashMap<>(error.getExtensions());
        if (extensions.containsKey("code")) {
            return error;
        }
        extensions.putAll(ErrorBody.extensions(code(error.getErrorType())));
        return GraphqlErrorBuilder.newError()
                .message("%s", error.getMessage())
                .locations(error.getLocations())
                .path(error.getPath())
                .errorType(error.getErrorType())
                .extensions(extensions)
                .build();
    }

    private static ErrorCode code(ErrorClassification type) {
        return switch (type) {
            case ErrorType.ExecutionAborted -> ErrorCode.QUERY_TOO_COMPLEX;
            case ErrorType.InvalidSyntax, ErrorType.OperationNotSupported -> ErrorCode.INVALID_SYNTAX;
            case ErrorType.ValidationError -> ErrorCode.INVALID_INPUT;
            case ErrorClassification other -> ErrorCode.INTERNAL;
        };
    }
}
