package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.change.ChangePlanResult.PlanChangeCanceled;
import dev.headroom.change.ChangePlanResult.PlanChangeScheduled;
import dev.headroom.change.ChangePlanResult.PlanChanged;
import dev.headroom.change.PlanChangeCancellations.CancelPlanChangeResult;
import dev.headroom.change.StartSubscriptionResult.SubscriptionStarted;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ChangeController {

    private static final int MOST_SHOWN = 200;

    private final PlanChanges changes;
    private final PlanChangeCancellations cancellations;
    private final SubscriptionStarts starts;
    private final Accounts accounts;
    private final Entitlements entitlements;
    private final Catalog catalog;

    ChangeController(
            PlanChanges changes, PlanChangeCancellations cancellations, SubscriptionStarts starts, Accounts accounts,
            Entitlements entitlements, Catalog catalog) {
        this.changes = changes;
        this.cancellations = cancellations;
        this.starts = starts;
        this.accounts = accounts;
        this.entitlements = entitlements;
        this.catalog = catalog;
    }

    @MutationMapping
    ChangePlanResult changePlan(@Argument ChangePlan input, @ContextValue Actor actor) {
        return changes.change(actor, input);
    }

    @MutationMapping
    CancelPlanChangeResult cancelPlanChange(@Argument CancelPlanChange input, @ContextValue Actor actor) {
        AccountId account = accounts.meant(actor, input.account()).id();
        UUID change = Ids.parse(input.change()).orElseThrow(() -> HeadroomException.notFound("input.change", "No such plan change"));
        return cancellations.cancel(actor, account, change, input.idempotencyKey());
    }

    @MutationMapping
    StartSubscriptionResult startSubscription(@Argument StartSubscription input, @ContextValue Actor actor) {
        return starts.start(actor, input);
    }

    @SchemaMapping(typeName = "PlanChanged")
    String consistencyToken(PlanChanged changed, @ContextValue Actor actor) {
        return entitlements.consistencyToken(actor, changed.change().account());
    }

    @SchemaMapping(typeName = "SubscriptionStarted")
    String consistencyToken(SubscriptionStarted started, @ContextValue Actor actor) {
        return entitlements.consistencyToken(actor, started.subscription().account());
    }

    @SchemaMapping(typeName = "PlanChanged")
    Account account(PlanChanged changed, @ContextValue Actor actor) {
        return accounts.byId(actor, changed.change().account());
    }

    @SchemaMapping(typeName = "PlanChangeScheduled")
    String consistencyToken(PlanChangeScheduled scheduled, @ContextValue Actor actor) {
        return entitlements.consistencyToken(actor, scheduled.change().account());
    }

    @SchemaMapping(typeName = "PlanChangeScheduled")
    Account account(PlanChangeScheduled scheduled, @ContextValue Actor actor) {
        return accounts.byId(actor, scheduled.change().account());
    }

    @BatchMapping(typeName = "AccountSubscription")
    Map<AccountSubscription, List<PlanChange>> scheduledChanges(List<AccountSubscription> of, @ContextValue Actor actor) {
        return changes.scheduled(actor, of);
    }

    @SchemaMapping(typeName = "ApprovalRequest")
    Optional<PlanChange> change(ApprovalRequest request, @ContextValue Actor actor) {
        return Optional.ofNullable(request.change()).map(id -> changes.byId(actor, request.account(), id));
    }

    @SchemaMapping(typeName = "PlanChange")
    Optional<Offer> offer(PlanChange change) {
        return change.takes().stream().findFirst().map(catalog.snapshot()::offer);
    }

    @SchemaMapping(typeName = "PlanChange")
    List<String> offerKeys(PlanChange change) {
        return change.takes().stream().map(catalog.snapshot()::offer).map(Offer::key).toList();
    }

    @SchemaMapping(typeName = "PlanChangeCanceled")
    Account account(PlanChangeCanceled canceled, @ContextValue Actor actor) {
        return accounts.byId(actor, canceled.change().account());
    }

    @SchemaMapping(typeName = "Account")
    List<PlanChange> planChanges(Account account, @Argument int first, @ContextValue Actor actor) {
        return changes.history(actor, account.id(), (int) Check.between("first", first, 1, MOST_SHOWN));
    }

    @SchemaMapping(typeName = "ChangeTerms")
    Plan plan(SubscriptionTerms terms) {
        CatalogSnapshot known = catalog.snapshot();
        return known.versionOf(terms.plan(known).price()).plan();
    }

    @SchemaMapping(typeName = "ChangeTerms")
    Interval interval(SubscriptionTerms terms) {
        CatalogSnapshot known = catalog.snapshot();
        return known.price(terms.plan(known).price()).price().interval();
    }

    @SchemaMapping(typeName = "ChangeTerms")
    boolean ends(SubscriptionTerms terms) {
        return terms.over() || !terms.renews();
    }

    @SchemaMapping(typeName = "ChangeTerms")
    @Nullable String coterminateWith(SubscriptionTerms terms) {
        return Optional.ofNullable(terms.together()).map(SubscriptionId::toString).orElse(null);
    }

    @SchemaMapping(typeName = "ChangeTerms")
    long quantity(SubscriptionTerms terms) {
        return terms.plan(catalog.snapshot()).quantity();
    }

    @SchemaMapping(typeName = "ChangeTerms")
    List<AddOnTerms> addOns(SubscriptionTerms terms) {
        CatalogSnapshot known = catalog.snapshot();
        return terms.addOns(known).stream().map(item -> new AddOnTerms(known.versionOf(item.price()).plan(), item.quantity())).toList();
    }

    record AddOnTerms(Plan addOn, long quantity) {}
}
