package dev.headroom.shown;

import dev.headroom.catalog.Catalog;
import dev.headroom.quote.QuoteClaims;
import dev.headroom.quote.Quotes;
import dev.headroom.quote.Quotes.Standing;
import org.springframework.stereotype.Service;

/** What whoever accepts a quote had before their eyes. */
@Service
public class ShownQuotes {

    private final Quotes quotes;
    private final Catalog catalog;

    ShownQuotes(Quotes quotes, Catalog catalog) {
        this.quotes = quotes;
        this.catalog = catalog;
    }

    /** Asks nobody: what only Stripe could say is in the token, all else is reckoned again to the same. */
    public ShownQuote accepted(QuoteClaims claims, Standing.Holds holds) {
        return ShownQuote.of(quotes.shown(claims, holds), catalog.snapshot());
    }
}
