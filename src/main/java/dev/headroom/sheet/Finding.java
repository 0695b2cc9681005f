package dev.headroom.sheet;

/**
 * Something that is wrong with a sheet.
 *
 * @param path    of the field: {@code prices[<id>].volume[1].upTo}
 * @param message what would be right
 */
public record Finding(Severity severity, Rule rule, String path, String message) {

    /** What a finding prevents. */
    public enum Severity {
        /** It cannot go on sale like this. */
        ERROR,
        /** It can, but somebody should look at it. */
        WARNING
    }

    /** Which rule speaks; callers may switch on it. */
    public enum Rule {
        /** Something is missing. */
        REQUIRED,
        /** It is not written as it should be. */
        FORMAT,
        /** A number is too small or too large. */
        RANGE,
        /** The same is said twice. */
        DUPLICATE,
        /** The product has no such feature. */
        UNKNOWN_FEATURE,
        /** It is not billed in this currency, or not everywhere in the same ones. */
        CURRENCY,
        /** Tiers do not cover every quantity once. */
        TIERS,
        /** A price beyond the limit is missing, or means nothing. */
        OVERAGE,
        /** A soft limit warns nobody. */
        SOFT_LIMIT,
        /** Grace is given to what no limit would block. */
        GRACE,
        /** Seats are bought before they are assigned. */
        SEATS,
        /** More of an add-on would not be more. */
        ADD_ON,
        /** Something else is sold under the key. */
        KEY_TAKEN,
        /** A text looks as if it were meant to be interpreted; it is shown as it was typed. */
        TEXT,
        /** Another version was published since. */
        OUTDATED
    }

    public boolean blocks() {
        return severity == Severity.ERROR;
    }
}
