package dev.headroom.error;

/**
 * What is wrong with a request, as a code that callers may switch on. Numbers are never reused: 1xx the input, 2xx the
 * caller, 3xx the thing asked for, 4xx the load, 5xx Headroom itself.
 */
public enum ErrorCode {
    INVALID_INPUT(100),
    INVALID_SYNTAX(101),
    QUERY_TOO_COMPLEX(102),
    BODY_TOO_LARGE(104),
    UNSUPPORTED_CURRENCY(105),
    UNAUTHENTICATED(200),
    FORBIDDEN(201),
    ORIGIN_NOT_ALLOWED(202),
    NOT_FOUND(300),
    ALREADY_EXISTS(301),
    IDEMPOTENCY_KEY_REUSED(302),
    CONFLICT(303),
    STRIPE_UNAVAILABLE(400),
    DATABASE_UNAVAILABLE(401),
    INTERNAL(500);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
