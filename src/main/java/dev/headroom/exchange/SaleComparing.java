package dev.headroom.exchange;

import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.EndBundle;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.exchange.FileDifference.Effect;
import dev.headroom.exchange.FileDifference.Subject;
import dev.headroom.exchange.CatalogFile.BundlePart;
import dev.headroom.exchange.CatalogFile.OfferPart;
import dev.headroom.exchange.CatalogFile.RulePart;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.RemoveTransitionRule;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.policy.TransitionRule;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares how things are sold: offers and bundles, which are made and ended and otherwise stay, and how customers may move. */
final class SaleComparing {

    private static final String STAYS = " stays as it was made; end it, and make another one under another key";

    private final Comparing to;
    private final OtherModules others;

    SaleComparing(Comparing to, OtherModules others) {
        this.to = to;
        this.others = others;
    }

    void offer(OfferPart part) {
        Refusals refusals = Refusals.gathered();
        Offer wanted = to.imagined().imagine(part.offer(), refusals);
        to.refused(part.path(), refusals);
        Offer there = to.known().catalog().offer(wanted.key()).orElse(null);
        if (!refusals.all().isEmpty()) {
            return;
        }
        if (there == null) {
            to.differs(part.path(), Subject.OFFER, Effect.CREATED, wanted.key(), List.of("\"" + wanted.name() + "\", " + Words.written(wanted.reduction()) + " "
                    + Words.written(wanted.term()) + ", from " + wanted.window().from() + " until " + wanted.window().until() + (part.ended() ? "; ended at once" : "")));
            to.act(new Act.MakeOffer(part.offer()));
        } else {
            stays(part.path(), there, wanted);
        }
        // Of one whose window is over nothing is left to be ended.
        boolean runs = there != null && there.endedAt() == null && to.now().isBefore(there.window().until());
        if (part.ended() && (there == null || runs)) {
            to.act(new Act.EndOffer(wanted.key()));
        }
        if (part.ended() && runs) {
            to.differs(part.path(), Subject.OFFER, Effect.ENDED, wanted.key(), List.of("Nothing is quoted with it any more"));
        } else if (!part.ended() && there != null && there.endedAt() != null) {
            to.warn(part.path(), "The offer was ended on " + there.endedAt() + ", and does not begin again: write ended: true, or give a new one another key");
        }
    }

    private void stays(String path, Offer there, Offer wanted) {
        if (there.negotiated() || !there.product().equals(wanted.product())) {
            to.wrong(path + ".key", "The key \"" + there.key() + "\" is that of another offer");
            return;
        }
        stays(path, "name", there.name(), wanted.name());
        if (!Words.same(there.reduction(), wanted.reduction())) {
            stays(path, "percentOff", there.reduction(), wanted.reduction());
        }
        stays(path, "duration", there.term(), wanted.term());
        stays(path, "from", there.window().from(), wanted.window().from());
        stays(path, "until", there.window().until(), wanted.window().until());
        if (!new HashSet<>(there.plans()).equals(new HashSet<>(wanted.plans()))) {
            to.wrong(path + ".plans", "Of an offer plans" + STAYS);
        }
        stays(path, "existingCustomers", there.existingCustomers(), wanted.existingCustomers());
        stays(path, "redemptionCap", there.cap(), wanted.cap());
    }

    private void stays(String path, String field, @Nullable Object there, @Nullable Object wanted) {
        if (!Objects.equals(there, wanted)) {
            to.wrong(path + "." + field, "Here " + field + " is " + Words.written(wanted) + ", there it is " + Words.written(there) + ", which" + STAYS);
        }
    }

    void rule(RulePart part, String product) {
        AddTransitionRule command = part.rule();
        TransitionRule wanted;
        try {
            wanted = others.policies().imagine(command, to.imagined());
        } catch (HeadroomException refused) {
            to.wrong(Paths.below(part.path(), refused.field()), String.valueOf(refused.getMessage()));
            return;
        }
        String what = product + ", " + command.kind() + (command.from() == null ? "" : " from " + command.from()) + (command.to() == null ? "" : " to " + command.to());
        Optional<TransitionRule> there = to.known().policy(wanted.product()).rules().stream()
                .filter(rule -> rule.kind() == wanted.kind() && Objects.equals(rule.from(), wanted.from()) && Objects.equals(rule.to(), wanted.to())).findFirst();
        boolean differs = there.filter(rule -> rule.transition() == wanted.transition()).isEmpty();
        if (differs && !mayAtOnce(part.path())) {
            return;
        }
        if (there.isEmpty()) {
            to.differs(part.path(), Subject.TRANSITION_RULE, Effect.CREATED, what, List.of(command.transition().name()));
            to.act(new Act.MakeRule(command));
        } else if (differs) {
            to.differs(part.path(), Subject.TRANSITION_RULE, Effect.CHANGED, what, List.of(there.get().transition() + " → " + wanted.transition()));
            to.act(new Act.DropRule(new RemoveTransitionRule(to.command(part.path()) + ".before", there.get().id().toString())));
            to.act(new Act.MakeRule(command));
        }
    }

    private boolean mayAtOnce(String path) {
        if (!to.known().may().publish()) {
            to.wrong(path, "How customers may move holds from the next quote on: to say so takes the permission PUBLISH");
        }
        return to.known().may().publish();
    }

    void guard(String path, SetCreditGuard command) {
        CreditGuard wanted;
        try {
            wanted = others.policies().imagine(command);
        } catch (HeadroomException refused) {
            to.wrong(Paths.below(path + ".creditGuard", refused.field()), String.valueOf(refused.getMessage()));
            return;
        }
        ProductId product = to.imagined().requireProduct("key", command.product()).id();
        CreditGuard there = to.known().policy(product).guard();
        if (!there.equals(wanted) && mayAtOnce(path + ".creditGuard")) {
            to.differs(path + ".creditGuard", Subject.CREDIT_GUARD, Effect.CHANGED, command.product(),
                    List.of(there.days() + " days, " + there.measure() + " → " + wanted.days() + " days, " + wanted.measure()));
            to.act(new Act.Guard(command));
        }
    }

    void bundle(BundlePart part) {
        Refusals refusals = Refusals.gathered();
        CreateBundle command = part.bundle();
        Bundle wanted = others.bundles().imagine(command, to.imagined(), refusals);
        to.refused(part.path(), refusals);
        if (!refusals.all().isEmpty()) {
            return;
        }
        Bundle there = to.known().bundles().stream().filter(bundle -> bundle.key().equals(wanted.key())).findFirst().orElse(null);
        if (there == null) {
            to.differs(part.path(), Subject.BUNDLE, Effect.CREATED, wanted.key(),
                    List.of("\"" + wanted.name() + "\", " + Words.written(wanted.off()) + " off, of " + wanted.members().size() + " things"));
            to.act(new Act.MakeBundle(command));
            return;
        }
        stays(part.path(), "name", there.name(), wanted.name());
        if (!Words.same(there.off(), wanted.off())) {
            stays(part.path(), "percentOff", there.off(), wanted.off());
        }
        if (!new HashSet<>(there.members()).equals(new HashSet<>(wanted.members()))) {
            to.wrong(part.path() + ".members", "Of a bundle members" + STAYS);
        }
        if (command.from() != null) {
            stays(part.path(), "from", there.from(), wanted.from());
        }
        end(part, there, wanted);
    }

    /** An end that has come is now; of a bundle that is over nobody asks when it ended. */
    private void end(BundlePart part, Bundle there, Bundle wanted) {
        boolean over = over(there.until());
        if (Objects.equals(there.until(), wanted.until()) || over && over(wanted.until())) {
            return;
        }
        if (over(wanted.until())) {
            to.differs(part.path(), Subject.BUNDLE, Effect.ENDED, there.key(), List.of("Nobody gets it any more; who has it keeps it"));
            to.act(new Act.FinishBundle(new EndBundle(to.command(part.path()), there.key())));
        } else if (over) {
            to.warn(part.path(), "The bundle ended on " + there.until() + ", and does not begin again: write that until, or give a new one another key");
        } else {
            stays(part.path(), "until", there.until(), wanted.until());
        }
    }

    private boolean over(@Nullable Instant until) {
        return until != null && !to.now().isBefore(until);
    }
}
