package dev.headroom.console.change;

import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;

/** What accepting a quote does. */
enum Act {
    CHANGE,
    /** Lets the subscription end with its period. */
    END,
    /** Takes such an end back. */
    GO_ON;

    static Act of(Quote quote) {
        return of(quote.subscription().renews(), quote.target().renews());
    }

    static Act of(ShownQuote quote) {
        return of(quote.from().renews(), quote.to().renews());
    }

    private static Act of(boolean before, boolean after) {
        if (before == after) {
            return CHANGE;
        }
        return after ? GO_ON : END;
    }
}
