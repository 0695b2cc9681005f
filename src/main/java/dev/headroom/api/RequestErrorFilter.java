package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.validation.ValidationError;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives the errors that the GraphQL engine itself raises, such as a syntax error, a code like every other, and the field if it is a variable. */
@Component
@Order(1)
class RequestErrorFilter implements WebGraphQlInterceptor {

    private final GraphQlSource source;

    RequestErrorFilter(GraphQlSource source) {
        this.source = source;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).map(response -> response.getErrors().isEmpty() ? response : response.transform(
                builder -> builder.errors(response.getExecutionResult().getErrors().stream().map(error -> coded(error, request)).toList())));
    }

    private GraphQLError coded(GraphQLError error, WebGraphQlRequest request) {
        Map<String, Object> extensions = error.getExtensions() == null ? new HashMap<>() : new HashMap<>(error.getExtensions());
        if (extensions.containsKey("code")) {
            return error;
        }
        extensions.putAll(ErrorBody.extensions(code(error.getErrorType())));
        if (error.getErrorType() == ErrorType.ValidationError && !(error instanceof ValidationError)) {
            new Misfits(source.schema()).in(request.getDocument(), request.getOperationName(), request.getVariables()).ifPresent(field -> extensions.put("field", field));
        }
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
