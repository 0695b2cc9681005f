package dev.headroom.error;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request that is wrong or forbidden. The message is written for the caller: it names the field and says what would be right. */
public final class HeadroomException extends RuntimeException {

    private final ErrorCode code;
    private final @Nullable String field;
    private final transient List<HeadroomException> further;

    private HeadroomException(ErrorCode code, @Nullable String field, String message) {
        this(code, field, message, List.of());
    }

    private HeadroomException(ErrorCode code, @Nullable String field, String message, List<HeadroomException> further) {
        super(message);
        this.code = code;
        this.field = field;
        this.further = further;
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

    /** All of them as one, which speaks as the first does. @param wrong at least one */
    static HeadroomException together(List<HeadroomException> wrong) {
        HeadroomException first = wrong.getFirst();
        return new HeadroomException(first.code, first.field, String.valueOf(first.getMessage()), List.copyOf(wrong.subList(1, wrong.size())));
    }

    /** Itself, and all else that was found wrong with the same request, in the order in which it was found. */
    public List<HeadroomException> all() {
        return Stream.concat(Stream.of(this), further.stream()).toList();
    }

    public ErrorCode code() {
        return code;
    }

    /** The input field that is wrong, as a path in the request ({@code input.change.seats}); absent when no single one is. */
    public @Nullable String field() {
        return field;
    }
}
