package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.change.PlanChange;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quotes;
import dev.headroom.rollout.Rollouts.ComingVersion;
import dev.headroom.shown.ShownQuote;
import dev.headroom.subscription.RequestedChange.When;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What a move that an account was told of would bill, as things stand: to be shown to it, and not to be accepted, for the vendor makes the move. */
@Service
class ComingPreviews {

    private final Quotes quotes;
    private final Catalog catalog;

    ComingPreviews(Quotes quotes, Catalog catalog) {
        this.quotes = quotes;
        this.catalog = catalog;
    }

    /** Empty where it could not be made as things stand, and where the change that makes it is there. */
    Optional<ShownQuote> of(Actor actor, ComingVersion coming) {
        actor.require(Permission.QUOTE, coming.coming().account().value());
        When when = coming.prorated() ? When.NOW : When.PERIOD_END;
        return !coming.coming().begun() && quotes.move(PlanChange.MOVER, coming.coming().account(), coming.subscription(), coming.coming().onto(), when) instanceof Quote quote
                ? Optional.of(ShownQuote.of(quote, catalog.snapshot()))
                : Optional.empty();
    }
}
