package dev.headroom.quote;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.quote.FittingPlanResult.FittingPlan;
import dev.headroom.subscription.RequestedChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Which plan would do, and for how much. */
@Controller
class FittingPlanController {

    private final FittingPlans plans;
    private final Quotes quotes;

    FittingPlanController(FittingPlans plans, Quotes quotes) {
        this.plans = plans;
        this.quotes = quotes;
    }

    @SchemaMapping(typeName = "Account")
    Optional<FittingPlanResult> fittingPlan(Account account, @Argument @Nullable String product, @ContextValue Actor actor) {
        return plans.find(actor, account.id(), product);
    }

    @SchemaMapping(typeName = "FittingPlan")
    @Nullable QuoteResult quote(FittingPlan fitting, @ContextValue Actor actor) {
        return fitting.current() ? null : quotes.quote(actor, fitting.account(), new RequestedChange(null, fitting.plan().key(), null, null));
    }
}
