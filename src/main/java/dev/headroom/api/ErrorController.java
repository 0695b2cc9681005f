package dev.headroom.api;

import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.UnsupportedCurrencyException;
import dev.headroom.postgres.Outages;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.DataFetcherExceptionResolverAdapter;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;

/** The one place where exceptions become {@code errors[]}: a code to switch on, the field that is wrong, words for people. */
@Component
class ErrorController extends DataFetcherExceptionResolverAdapter {

    static final String NO_DATABASE = "The database cannot be reached; try again";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorController.class);
    /** character_not_in_repertoire, and untranslatable_character within JSON. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    ErrorController() {
        setThreadLocalContextAware(true);
    }

    @Override
    protected GraphQLError resolveToSingleError(Throwable failure, DataFetchingEnvironment environment) {
        return error(GraphqlErrorBuilder.newError(environment), environment.getExecutionStepInfo().getPath(), failure);
    }

    /** The same for a stream that ends with an error. */
    static GraphQLError streamError(Throwable failure) {
        return error(GraphqlErrorBuilder.newError(), "a stream", failure);
    }

    /** The same for a request that does not reach any field. */
    static GraphQLError refusal(ErrorCode code, @Nullable String message) {
        return error(GraphqlErrorBuilder.newError(), code, null, message);
    }

    private static GraphQLError error(GraphqlErrorBuilder<?> builder, Object place, Throwable failure) {
        return switch (failure) {
            case HeadroomException wrong -> error(builder, wrong);
            case BindException binding -> binding(builder, binding);
            case UnsupportedCurrencyException currency ->
                error(builder, ErrorCode.UNSUPPORTED_CURRENCY, "currency", currency.getMessage());
            case Throwable other when unstorable(other) ->
                error(builder, ErrorCode.INVALID_INPUT, null, "A text holds the character NUL (\\u0000), which cannot be stored");
            case Throwable away when Outages.isUnreachable(away) -> error(builder, ErrorCode.DATABASE_UNAVAILABLE, null, NO_DATABASE);
            case Throwable defect -> incident(builder, place, defect);
        };
    }

    /** PostgreSQL's texts hold every character but one; it says so wherever one arrives, so that no field can be forgotten. */
    private static boolean unstorable(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException refused && UNSTORABLE.contains(String.valueOf(refused.getSQLState())));
    }

    /** An input that does not fit its type: the first field that does not, with the reason that the type itself gives. */
    private static GraphQLError binding(GraphqlErrorBuilder<?> builder, BindException failure) {
        FieldError field = failure.getFieldError();
        String reason = Optional.ofNullable(field)
                .map(error -> error.contains(Throwable.class) ? root(error.unwrap(Throwable.class)) : error.getDefaultMessage())
                .orElse("The input does not have the right shape");
        return error(builder, ErrorCode.INVALID_INPUT, field == null ? null : field.getField(), reason);
    }

    private static @Nullable String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private static GraphQLError incident(GraphqlErrorBuilder<?> builder, Object place, Throwable defect) {
        UUID incident = Ids.next();
        LOG.error("Incident {} at {}", incident, place, defect);
        return error(builder, ErrorCode.INTERNAL, null, "Something went wrong on our side; incident " + incident);
    }

    /** The first of what is wrong with a request as ever, and where there is more, all of it beside. */
    private static GraphQLError error(GraphqlErrorBuilder<?> builder, HeadroomException refused) {
        List<HeadroomException> all = refused.all();
        Map<String, Object> more = all.size() == 1 ? Map.of() : Map.of("findings", all.stream().map(ErrorController::finding).toList());
        return error(builder, refused.code(), refused.field(), refused.getMessage(), more);
    }

    private static Map<String, Object> finding(HeadroomException each) {
        Map<String, Object> finding = new TreeMap<>(Map.of("code", each.code().name(), "message", String.valueOf(each.getMessage())));
        if (each.field() != null) {
            finding.put("field", each.field());
        }
        return finding;
    }

    private static GraphQLError error(GraphqlErrorBuilder<?> builder, ErrorCode code, @Nullable String field, @Nullable String message) {
        return error(builder, code, field, message, Map.of());
    }

    private static GraphQLError error(GraphqlErrorBuilder<?> builder, ErrorCode code, @Nullable String field, @Nullable String message, Map<String, Object> more) {
        Map<String, Object> extensions = new HashMap<>(ErrorBody.extensions(code));
        extensions.putAll(more);
        if (field != null) {
            extensions.put("field", field);
        }
        return builder
                .message("%s", Optional.ofNullable(message).orElse(code.name()))
                .errorType(ErrorClassification.errorClassification(code.name()))
                .extensions(extensions)
                .build();
    }
}
