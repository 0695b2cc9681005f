package dev.headroom.console.change;

import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;

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
        return quote.target().over() ? END_NOW : of(quote.subscription().renews(), quote.target().renews());
    }

    static Act of(ShownQuote quote) {
        return quote.to().over() ? END_NOW : of(quote.from().renews(), quote.to().renews());
    }

    private static Act of(boolean before, boolean after) {
        if (before == after) {
            return CHANGE;
        }
        return after ? GO_ON : END;
    }
}
