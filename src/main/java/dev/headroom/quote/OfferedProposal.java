package dev.headroom.quote;

import dev.headroom.catalog.Offer;
import dev.headroom.quote.Proposal.Found;
import dev.headroom.quote.Proposal.Refused;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.quote.Target.Taken;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a request that names offers comes to: what it would be without them, and they with it from the moment that it is made. */
final class OfferedProposal {

    private OfferedProposal() {}

    /** @param accepted the second in which the offers would be taken, whenever the rest is made */
    static Proposal of(RequestedChange change, Steering steering, long held, Instant accepted) {
        Circumstances then = steering.now();
        List<Offer> offers = named(change, then);
        return switch (rest(change, steering, held)) {
            case Found(When when, Target target) -> taking(offers, when, target, then, accepted);
            case Refused(ChangeNotAllowed(Rule rule, var _, var _, var _)) when rule == Rule.NOTHING_CHANGES -> {
                When when = Objects.requireNonNullElse(change.when(), When.NOW);
                yield taking(offers, when, then.base(when), then, accepted);
            }
            case Refused refused -> refused;
        };
    }

    private static List<Offer> named(RequestedChange change, Circumstances now) {
        return now.catalog().requireOffers("change", change.offer(), change.offers(), now.subscription().account().value());
    }

    /** Offers do not decide when the rest takes effect: less by them alone is no contraction that should wait. */
    private static Proposal rest(RequestedChange change, Steering steering, long held) {
        Circumstances now = steering.now();
        When when = Objects.requireNonNullElse(change.when(), When.NOW);
        if (!change.asksForOffersAlone()) {
            return Proposal.ofTerms(change, steering, held);
        }
        return when == When.PERIOD_END && !now.subscription().renews() ? Proposal.ends(now.subscription()) : new Found(when, now.base(when));
    }

    private static Proposal taking(List<Offer> offers, When when, Target target, Circumstances then, Instant accepted) {
        Instant from = when == When.PERIOD_END ? then.subscription().period().until() : then.at();
        Optional<ChangeNotAllowed> against = offers.stream()
                .flatMap(offer -> OfferTerms.against(offer, target, then, accepted).stream())
                .findFirst()
                .or(() -> OfferTerms.tooMany(offers, then));
        return against.<Proposal>map(Refused::new)
                .orElseGet(() -> new Found(when, target.taking(offers.stream().map(offer -> new Taken(offer, from, false)).toList())));
    }
}
