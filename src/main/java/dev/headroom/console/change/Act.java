package dev.headroom.console.change;

import dev.headroom.quote.Quote;

/** What accepting a quote does. */
enum Act {
    CHANGE,
    /** Lets the subscription end with its period. */
    END,
    /** Ends it at once. */
    END_NOW,
    /** Takes such an end back. */
    GO_ON;

    static Act of(Quote quote) {
        if (quote.target().over()) {
            return END_NOW;
        }
        if (quote.subscription().renews() == quote.target().renews()) {
            return CHANGE;
        }
        return quote.target().renews() ? GO_ON : END;
    }
}
