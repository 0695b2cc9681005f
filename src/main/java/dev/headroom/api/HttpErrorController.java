package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Errors outside of GraphQL's own answers, in the same shape: a code to switch on, the field that is wrong, words for people. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class HttpErrorController {

    private final ErrorBody errors;

    HttpErrorController(ErrorBody errors) {
        this.errors = errors;
    }

    @ExceptionHandler
    void refused(HeadroomException refused, HttpServletResponse response) throws IOException {
        int status = switch (refused.code()) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN, ORIGIN_NOT_ALLOWED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, IDEMPOTENCY_KEY_REUSED, CONFLICT -> 409;
            case BODY_TOO_LARGE -> 413;
            case STRIPE_UNAVAILABLE -> 503;
            case INTERNAL -> 500;
            case INVALID_INPUT, INVALID_SYNTAX, QUERY_TOO_COMPLEX, UNSUPPORTED_CURRENCY -> 400;
        };
        errors.write(response, status, refused.code(), Optional.ofNullable(refused.getMessage()).orElse(refused.code().name()));
    }

    @ExceptionHandler
    void unreadable(ResponseStatusException unreadable, HttpServletResponse response) throws IOException {
        if (unreadable.getStatusCode().isSameCodeAs(HttpStatus.BAD_REQUEST)) {
            errors.write(response, 400, ErrorCode.INVALID_SYNTAX, "Send one JSON object: {\"query\": \"…\", \"variables\": {…}}");
        } else {
            throw unreadable;
        }
    }

    @ExceptionHandler
    void otherMediaType(HttpMediaTypeNotSupportedException other, HttpServletResponse response) throws IOException {
        errors.write(response, 415, ErrorCode.INVALID_SYNTAX, "Expected a body of the type " + other.getSupportedMediaTypes());
    }
}
