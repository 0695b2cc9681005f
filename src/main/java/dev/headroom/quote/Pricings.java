package dev.headroom.quote;

import dev.headroom.entitlement.Entitlement;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Answers one question for a price from facts at hand: finds what it comes to, and promises that or says why not. */
@Service
class Pricings {

    private final Proposals proposals;
    private final Promises promises;

    Pricings(Proposals proposals, Promises promises) {
        this.proposals = proposals;
        this.promises = promises;
    }

    /** @param today what is used and granted */
    QuoteResult of(Asking asking, Circumstances now, List<Entitlement> today) {
        return of(asking, now, today, proposals.oneByOne());
    }

    QuoteResult of(Asking asking, Circumstances now, List<Entitlement> today, Lookups lookups) {
        return !asking.change().asksForPeriods() ? proposed(asking, now, today, lookups) : switch (proposals.together(asking.change(), now)) {
            case Cotermination.At(RequestedChange dated) -> proposed(asking.about(dated), now, today, lookups);
            case Cotermination.Refused(QuoteResult why) -> why;
        };
    }

    private QuoteResult proposed(Asking asking, Circumstances now, List<Entitlement> today, Lookups lookups) {
        return switch (proposals.of(asking.change(), now, Demand.held(today), lookups)) {
            case Proposal.Refused(QuoteResult why) -> why;
            case Proposal.Found(When when, Target target) -> Obstacle.ofCommitment(Promises.priced(when, asking.change(), now), when, target)
                    .or(() -> unbilled(when, target, Promises.priced(when, asking.change(), now), today))
                    .orElseGet(() -> promises.of(asking, now, when, target, today));
        };
    }

    /** A move that no customer asks for, and that no policy of theirs steers: onto a version of what the subscription has. */
    QuoteResult onto(Asking asking, Circumstances now, List<Entitlement> today) {
        When when = asking.change().when() == When.PERIOD_END ? When.PERIOD_END : When.NOW;
        Targets targets = new Targets(
                now.subscription().account().value(), now.base(when), now.subscription().balance().currency(), now.catalog(), List.of(), Demand.held(today), now.bundling()::of);
        return switch (targets.find(asking.change())) {
            case Targets.Answer.Refused(QuoteResult why) -> why;
            case Targets.Answer.Found(Target target) -> Obstacle.ofCommitment(now, when, target)
                    .or(() -> unbilled(when, target, now, today))
                    .orElseGet(() -> promises.of(asking, now, when, target, today));
        };
    }

    /** What a question comes to, if it comes to anything, priced or not. */
    Optional<Target> target(Asking asking, Circumstances now, List<Entitlement> today, Lookups lookups) {
        // Periods that begin at another time leave all that recurs as it is.
        if (asking.change().asksForPeriods()) {
            return Optional.of(now.current());
        }
        return switch (proposals.of(asking.change(), now, Demand.held(today), lookups)) {
            case Proposal.Refused _ -> Optional.empty();
            case Proposal.Found(When _, Target target) -> Optional.of(target);
        };
    }

    /** The quote of a token that still stands, as it was shown; what is used, and would not fit, is as of today. */
    Quote again(QuoteClaims claims, AccountSubscription held, Circumstances then, Target target, Quotation reckoned, List<Entitlement> today) {
        return promises.again(claims, held, then, target, reckoned, today);
    }

    /** A period that ends early is billed for what was used past limits in it, which no quote could promise: use goes on. */
    static Optional<QuoteResult> unbilled(When when, Target target, Circumstances now, List<Entitlement> today) {
        boolean begins = when != When.PERIOD_END && (target.together() != null || target.interval() != now.subscription().interval());
        boolean endsPeriod = !now.foreseen() && (target.over() || begins);
        return endsPeriod && today.stream().anyMatch(each -> each.overage() != null && each.overage().units() > 0)
                ? Optional.of(new ChangeNotAllowed(
                        Rule.OVERAGE_UNBILLED, "What was used past limits in this period would be billed with the change; ask for when PERIOD_END"))
                : Optional.empty();
    }
}
