package dev.headroom.error;

import org.jspecify.annotations.Nullable;

/** A request that is wrong or forbidden. The message is written for the caller: it names the field and says what would be right. */
public final class HeadroomException extends RuntimeException {

    private final ErrorCode code;
    private final @Nullable String field;

    private HeadroomException(ErrorCode code, @Nullable String field, String message) {
        super(message);
        this.code = code;
        this.field = field;
    }

    public static HeadroomException invalid(String field, String message) {
        return new HeadroomException(ErrorCode.INVALID_INPUT, field, message);
    }

    public static HeadroomException notFound(String field, String message) {
        return new HeadroomException(ErrorCode.NOT_FOUND, field, message);
    }

    public static HeadroomException forbidden(String message) {
        return new HeadroomException(ErrorCode.FORBIDDEN, null, message);
    }

    public static HeadroomException of(ErrorCode code, @Nullable String field, String message) {
        return new HeadroomException(code, field, message);
    }

    public ErrorCode code() {
        return code;
    }

    /** The input field that is wrong, as a path in the request ({@code input.change.seats}); absent when no single one is. */
    public @Nullable String field() {
        return field;
    }
}
