package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.postgres.Outages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Errors outside of GraphQL's own answers, in the same shape: a code to switch on, words for people. */
@Component
class HttpErrorController implements HandlerExceptionResolver, Ordered {

    private final ErrorBody errors;

    HttpErrorController(ErrorBody errors) {
        this.errors = errors;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        try {
            return answers(response, failure) ? new ModelAndView() : null;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private boolean answers(HttpServletResponse response, Exception failure) throws IOException {
        if (failure instanceof HeadroomException refused) {
            errors.write(
                    response, status(refused.code()), refused.code(), refused.field(),
                    Optional.ofNullable(refused.getMessage()).orElse(refused.code().name()));
            return true;
        }
        if (Outages.isUnreachable(failure)) {
            errors.write(response, 503, ErrorCode.DATABASE_UNAVAILABLE, ErrorController.NO_DATABASE);
            return true;
        }
        if (failure instanceof HttpMessageNotReadableException || failure instanceof ServerWebInputException) {
            errors.write(response, 400, ErrorCode.INVALID_SYNTAX, "Send one JSON object: {\"query\": \"…\", \"variables\": {…}}");
            return true;
        }
        if (failure instanceof MethodArgumentTypeMismatchException misfit) {
            errors.write(response, 400, ErrorCode.INVALID_INPUT, misfit.getName(), "Expected a value of another type, not \"" + misfit.getValue() + "\"");
            return true;
        }
        return false;
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN, ORIGIN_NOT_ALLOWED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, IDEMPOTENCY_KEY_REUSED, CONFLICT -> 409;
            case BODY_TOO_LARGE -> 413;
            case STRIPE_UNAVAILABLE, DATABASE_UNAVAILABLE -> 503;
            case INTERNAL -> 500;
            case INVALID_INPUT, INVALID_SYNTAX, QUERY_TOO_COMPLEX, UNSUPPORTED_CURRENCY -> 400;
        };
    }
}
