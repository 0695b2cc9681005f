package dev.headroom.change;

import dev.headroom.catalog.Plan;
import dev.headroom.start.StartClaims;
import dev.headroom.start.StartQuoteResult;
import dev.headroom.start.StartQuotes.Staleness;
import dev.headroom.start.StartTarget;
import org.jspecify.annotations.Nullable;

/** What a requested start would be. */
sealed interface StartTerms {

    record NotOnSale(Plan plan) implements StartTerms {}

    /** @param promise absent where nobody was promised a price */
    record Sold(StartTarget target, @Nullable StartClaims promise) implements StartTerms {

        /** Whether a card is needed: for what was promised, or else for what the catalogue says. */
        boolean dueAtOnce() {
            return promise == null ? target.dueAtOnce() : promise.due().isPositive();
        }
    }

    /** The promise does not hold any more. */
    record Stale(Staleness why, StartQuoteResult fresh) implements StartTerms {}
}
