package dev.headroom.error;

/** Headroom refuses to start. The message is one sentence for whoever started it: what is wrong, then what to do. */
public final class CannotStartException extends RuntimeException {

    public CannotStartException(String sentence) {
        super(sentence);
    }

    public CannotStartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
