package dev.headroom.quote;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.CreditGuard.Measure;
import dev.headroom.policy.ProductPolicy;
import dev.headroom.policy.Transition;
import dev.headroom.policy.TransitionRule;
import dev.headroom.quote.QuoteResult.AgainstPolicy;
import dev.headroom.quote.QuoteResult.CreditTooSoon;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's policy makes of a change: when and how it is made, or why it is not. Where no rule speaks of it, it is made when it was asked
 * for, or when it usually is.
 *
 * @param expandedAt when the subscription last brought more; asked only where that matters
 * @param farthest   until when prices are promised
 */
record Steering(ProductPolicy policy, Circumstances now, Supplier<Optional<Instant>> expandedAt, Instant farthest) {

    /** The same for a change that is made at a date. */
    Steering then(Instant date) {
        return new Steering(policy, now.then(date), expandedAt, farthest);
    }

    private sealed interface Verdict {

        record Made(When when, boolean prorated) implements Verdict {}

        record Refused(QuoteResult why) implements Verdict {}
    }

    /**
     * A target of a change that is to be made at a time, or of one that waits where that was left to the policy.
     *
     * @param asked absent where nobody says when
     * @param when  what the target was found for
     */
    Proposal steered(@Nullable When asked, When when, Target target) {
        return switch (verdict(asked, now.base(when), target)) {
            case Verdict.Refused(QuoteResult why) -> new Proposal.Refused(why);
            case Verdict.Made made when asked == null && when == When.PERIOD_END -> new Proposal.Found(when, target);
            case Verdict.Made(When then, boolean prorated) -> new Proposal.Found(then, target.prorated(prorated));
        };
    }

    /** The end of the subscription with its period, which only a vendor keeps anybody from who refuses every end. */
    Proposal ending() {
        Target ended = now.current().renewing(false);
        Optional<TransitionRule> rule = Move.of(now, now.current(), ended).ruledBy(policy).filter(each -> each.transition() == Transition.REFUSED);
        return rule.<Proposal>map(each -> new Proposal.Refused(against(each, List.of()))).orElseGet(() -> new Proposal.Found(When.NOW, ended));
    }

    /** Its end at once: with what was paid and is not used given back, unless a rule or the guard against credit says otherwise. */
    Proposal over() {
        Target ended = now.current().endingAtOnce(true);
        return switch (Move.of(now, now.current(), ended).ruledBy(policy).map(this::ruled).orElseGet(this::guarded)) {
            case Verdict.Refused(QuoteResult why) -> new Proposal.Refused(why);
            case Verdict.Made(When when, boolean prorated) -> new Proposal.Found(when, ended.prorated(prorated));
        };
    }

    /** Its end at a date, for which nothing is given back: it was paid for and is used until then. */
    Proposal endingAt(Instant date) {
        Target ended = now.current().endingAt(date);
        return Move.of(now, now.current(), ended).ruledBy(policy)
                .<Proposal>flatMap(rule -> switch (rule.transition()) {
                    case REFUSED -> Optional.of(new Proposal.Refused(against(rule, List.of())));
                    case PERIOD_END -> Optional.of(new Proposal.Refused(against(rule, List.of(When.PERIOD_END))));
                    case NOW_PRORATED, NOW_UNPRORATED, BY_APPROVAL -> Optional.empty();
                })
                .orElseGet(() -> new Proposal.Found(When.NOW, ended));
    }

    private Verdict ruled(TransitionRule rule) {
        return switch (rule.transition()) {
            case REFUSED -> new Verdict.Refused(against(rule, List.of()));
            case PERIOD_END -> new Verdict.Refused(against(rule, List.of(When.PERIOD_END)));
            case NOW_UNPRORATED -> new Verdict.Made(When.NOW, false);
            case NOW_PRORATED, BY_APPROVAL -> guarded();
        };
    }

    private Verdict guarded() {
        CreditGuard guard = policy.guard();
        Optional<Instant> expanded = expandedWithin(guard);
        if (expanded.isEmpty()) {
            return new Verdict.Made(When.NOW, true);
        }
        return guard.measure() == Measure.NO_CREDIT ? new Verdict.Made(When.NOW, false) : new Verdict.Refused(tooSoon(expanded.get(), guard));
    }

    private Optional<Instant> expandedWithin(CreditGuard guard) {
        return guard.days() == 0 ? Optional.empty() : expandedAt.get().filter(at -> now.at().isBefore(guard.until(at)));
    }

    private Verdict verdict(@Nullable When asked, Target from, Target to) {
        return Move.of(now, from, to).ruledBy(policy).map(rule -> ruled(rule, asked, to)).orElseGet(() -> usual(asked, to));
    }

    private Verdict usual(@Nullable When asked, Target to) {
        if (asked == null && now.subscription().renews()) {
            // What does not wait leaves nothing to be given back.
            return new Verdict.Made(now.waitsUnasked(to) ? When.PERIOD_END : When.NOW, true);
        }
        return asked == When.PERIOD_END ? new Verdict.Made(asked, true) : guarded(asked, to);
    }

    private Verdict ruled(TransitionRule rule, @Nullable When asked, Target to) {
        return switch (rule.transition()) {
            case REFUSED -> new Verdict.Refused(against(rule, List.of()));
            case BY_APPROVAL -> usual(asked, to);
            case PERIOD_END -> only(When.PERIOD_END, true, rule, asked);
            case NOW_UNPRORATED -> now.unproratable(to) ? only(When.NOW, false, rule, asked) : only(When.PERIOD_END, true, rule, asked);
            case NOW_PRORATED -> asked == When.PERIOD_END ? new Verdict.Refused(against(rule, List.of(When.NOW))) : guarded(asked, to);
        };
    }

    private Verdict only(When when, boolean prorated, TransitionRule rule, @Nullable When asked) {
        return asked == null || asked == when ? new Verdict.Made(when, prorated) : new Verdict.Refused(against(rule, List.of(when)));
    }

    /** At once, unless that would pay back what was used since the subscription last grew. */
    private Verdict guarded(@Nullable When asked, Target to) {
        CreditGuard guard = policy.guard();
        Optional<Instant> expanded = now.givesBack(to) ? expandedWithin(guard) : Optional.empty();
        if (expanded.isEmpty()) {
            return new Verdict.Made(When.NOW, true);
        }
        if (guard.measure() == Measure.NO_CREDIT && now.unproratable(to)) {
            return new Verdict.Made(When.NOW, false);
        }
        return asked == null && now.subscription().renews()
                ? new Verdict.Made(When.PERIOD_END, true)
                : new Verdict.Refused(tooSoon(expanded.get(), guard));
    }

    private CreditTooSoon tooSoon(Instant expanded, CreditGuard guard) {
        boolean canWait = now.subscription().renews();
        return new CreditTooSoon(expanded, guard.until(expanded), canWait ? List.of(When.PERIOD_END) : List.of(),
                "The subscription grew at " + expanded + "; until " + guard.until(expanded) + " nothing is given back for less of it"
                        + (canWait ? ": ask for it with the next period" : ", and it is to end: take that back first"));
    }

    private AgainstPolicy against(TransitionRule rule, List<When> allowed) {
        String what = rule.kind() + from(rule.from(), " from ") + from(rule.to(), " to ");
        return new AgainstPolicy(rule, allowed, switch (rule.transition()) {
            case REFUSED, BY_APPROVAL -> "The vendor's policy does not allow " + what;
            case NOW_PRORATED, NOW_UNPRORATED, PERIOD_END -> "The vendor's policy makes " + what + " " + rule.transition() + ": ask for when "
                    + allowed.getFirst() + ", or leave it out";
        });
    }

    private String from(@Nullable PlanId plan, String word) {
        return now.catalog().plans().stream().filter(each -> each.id().equals(plan)).map(Plan::name).findFirst().map(word::concat).orElse("");
    }
}
