package dev.headroom.sandbox;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that goes wrong because somebody asked for it.
 *
 * @param operation which requests it strikes, as {@code POST /v1/subscriptions/*}; a star stands for anything
 * @param when      whether what was asked for has happened by then
 * @param times     how many requests it strikes yet
 */
record Fault(String id, String operation, Kind kind, When when, long times) {

    enum Kind {
        LOCK_TIMEOUT, RATE_LIMIT, SERVER_ERROR, TIMEOUT, CONNECTION_RESET;

        /** Stripe refuses with a 429 before it begins. */
        boolean isRefusal() {
            return this == LOCK_TIMEOUT || this == RATE_LIMIT;
        }
    }

    enum When { BEFORE, AFTER }

    boolean strikes(String request) {
        return Pattern.matches(Arrays.stream(operation.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), request);
    }

    Fault struck() {
        return new Fault(id, operation, kind, when, times - 1);
    }

    boolean is(Kind what, When time) {
        return kind == what && when == time;
    }

    ObjectNode document() {
        return Json.object().put("id", id).put("object", "sandbox_fault").put("operation", operation).put("kind", Parameters.spelling(kind))
                .put("when", Parameters.spelling(when)).put("times", times);
    }
}
