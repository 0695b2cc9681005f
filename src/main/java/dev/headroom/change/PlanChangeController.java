package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.change.PlanChange.Step;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.Origins.Origin;
import dev.headroom.shown.ShownQuote;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** One change with all that is kept of it. */
@Controller
class PlanChangeController {

    private static final int MOST_SHOWN = 200;

    private final PlanChanges changes;
    private final PlanChangeRecords records;
    private final Subscriptions subscriptions;
    private final Accounts accounts;

    PlanChangeController(PlanChanges changes, PlanChangeRecords records, Subscriptions subscriptions, Accounts accounts) {
        this.changes = changes;
        this.records = records;
        this.subscriptions = subscriptions;
        this.accounts = accounts;
    }

    private record Subject(AccountId account, SubscriptionId subscription) {

        static Subject of(PlanChange change) {
            return new Subject(change.account(), change.subscription());
        }
    }

    @QueryMapping
    PlanChange planChange(@Argument @Nullable String account, @Argument String id, @ContextValue Actor actor) {
        return changes.byId(actor, accounts.meant(actor, account).id(), Ids.parse(id).orElseThrow(() -> HeadroomException.notFound("id", "No such plan change")));
    }

    @QueryMapping
    List<PlanChange> unmadeChanges(@Argument int first, @Argument @Nullable Instant before, @ContextValue Actor actor) {
        return records.unmade(actor, before, (int) Check.between("first", first, 1, MOST_SHOWN));
    }

    @SchemaMapping(typeName = "Account")
    List<PlanChange> unmadeChanges(Account account, @ContextValue Actor actor) {
        return List.copyOf(records.unmade(actor, subscriptions.live(actor, account.id())).values());
    }

    @SchemaMapping(typeName = "PlanChange")
    Account account(PlanChange change, @ContextValue Actor actor) {
        return accounts.byId(actor, change.account());
    }

    @BatchMapping(typeName = "PlanChange")
    Map<PlanChange, ShownQuote> quoted(List<PlanChange> of, @ContextValue Actor actor) {
        return records.quoted(actor, of);
    }

    @BatchMapping(typeName = "PlanChange")
    Map<PlanChange, AccountSubscription> subscription(List<PlanChange> of, @ContextValue Actor actor) {
        Map<Subject, AccountSubscription> found = of.stream().map(Subject::of).distinct()
                .collect(Collectors.toMap(Function.identity(), each -> subscriptions.byId(actor, each.account(), each.subscription())));
        return of.stream().distinct().collect(Collectors.toMap(Function.identity(), change -> found.get(Subject.of(change))));
    }

    @BatchMapping(typeName = "PlanChange")
    Map<PlanChange, String> stripeSubscription(List<PlanChange> of, @ContextValue Actor actor) {
        return subscription(of, actor).entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stripeId()));
    }

    @SchemaMapping(typeName = "PlanChange")
    Origin origin(PlanChange change, @ContextValue Actor actor) {
        return records.origin(actor, change);
    }

    @SchemaMapping(typeName = "PlanChange")
    List<Step> steps(PlanChange change, @ContextValue Actor actor) {
        return records.steps(actor, change);
    }
}
