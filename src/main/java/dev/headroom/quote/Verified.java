package dev.headroom.quote;

import dev.headroom.pricing.Quotation;

/** What can be promised, or why nothing can. */
sealed interface Verified {

    /**
     * A promise that can be made.
     *
     * @param reckoned what we made of it before Stripe was asked
     * @param now  whether Stripe would bill at once exactly what is said, at this moment
     * @param next whether the next invoice is as Stripe has it
     */
    record Promised(Quotation quotation, Quotation reckoned, boolean now, boolean next) implements Verified {}

    record Unable(QuoteResult why) implements Verified {}
}
