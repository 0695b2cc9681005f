package dev.headroom.money;

/** A currency that Headroom refuses to bill in; the message says which ones it accepts and why this one is refused. */
public final class UnsupportedCurrencyException extends IllegalArgumentException {

    UnsupportedCurrencyException(String message) {
        super(message);
    }
}
