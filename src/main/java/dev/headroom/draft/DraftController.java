package dev.headroom.draft;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.draft.Draft.State;
import dev.headroom.draft.Drafts.DiscardDraftResult;
import dev.headroom.draft.Drafts.DraftKeyTaken;
import dev.headroom.draft.Drafts.OpenDraftResult;
import dev.headroom.draft.Drafts.RestoreDraftResult;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sheet.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class DraftController {

    private static final int LARGEST_PAGE = 100;
    private static final int MOST_VERSIONS = 200;

    private final Drafts drafts;
    private final Catalog catalog;
    private final Accounts accounts;

    DraftController(Drafts drafts, Catalog catalog, Accounts accounts) {
        this.accounts = accounts;
        this.drafts = drafts;
        this.catalog = catalog;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(Draft node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    record Opening(
            String idempotencyKey, @Nullable String plan, @Nullable String addOn, @Nullable NewDraft newPlan, @Nullable NewDraft newAddOn,
            @Nullable NewOwn ownPlan, @Nullable NewOwn ownAddOn, @Nullable Copied copiedPlan, @Nullable Copied copiedAddOn) {

        Wanted wanted(BiFunction<String, String, UUID> accounts) {
            List<Wanted> given = Stream.of(
                            Optional.ofNullable(plan).map(key -> (Wanted) new Wanted.Next(Plan.Kind.TIER, key)),
                            Optional.ofNullable(addOn).map(key -> (Wanted) new Wanted.Next(Plan.Kind.ADD_ON, key)),
                            Optional.ofNullable(newPlan).map(fresh -> (Wanted) new Wanted.New(Plan.Kind.TIER, fresh.product(), fresh.key())),
                            Optional.ofNullable(newAddOn).map(fresh -> (Wanted) new Wanted.New(Plan.Kind.ADD_ON, fresh.product(), fresh.key())),
                            Optional.ofNullable(ownPlan).map(own -> own.wanted(Plan.Kind.TIER, accounts.apply("input.ownPlan.account", own.account()))),
                            Optional.ofNullable(ownAddOn).map(own -> own.wanted(Plan.Kind.ADD_ON, accounts.apply("input.ownAddOn.account", own.account()))),
                            Optional.ofNullable(copiedPlan).map(copy -> (Wanted) new Wanted.Copy(Plan.Kind.TIER, copy.of(), copy.version(), copy.key())),
                            Optional.ofNullable(copiedAddOn).map(copy -> (Wanted) new Wanted.Copy(Plan.Kind.ADD_ON, copy.of(), copy.version(), copy.key())))
                    .flatMap(Optional::stream)
                    .toList();
            Check.between("input (how many of plan, addOn, newPlan, newAddOn, ownPlan, ownAddOn, copiedPlan, copiedAddOn)", given.size(), 1, 1);
            return given.getFirst();
        }
    }

    record NewDraft(String product, String key) {}

    record NewOwn(String insteadOf, String account, @Nullable String key) {

        Wanted wanted(Plan.Kind kind, UUID owner) {
            return new Wanted.Own(kind, insteadOf, owner, key == null ? Wanted.Own.key(insteadOf, account) : key);
        }
    }

    record Copied(String of, @Nullable Integer version, String key) {}

    record Named(String draft) {}

    static DraftId id(String field, String text) {
        return new DraftId(Ids.parse(text).orElseThrow(() -> HeadroomException.notFound(field, "No such draft")));
    }

    @QueryMapping
    Draft draft(@Argument String id, @ContextValue Actor actor) {
        return drafts.byId(actor, id("id", id));
    }

    /** One row more than asked for tells whether another page follows. */
    @QueryMapping
    Page drafts(@Argument int first, @Argument @Nullable String after, @Argument @Nullable State state, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<Draft> found = drafts.page(actor, state, after == null ? null : cursor(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(draft -> new Edge(draft, draft.id().toString())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static UUID cursor(String after) {
        return Ids.parse(after).orElseThrow(() -> HeadroomException.invalid("after", "Expected the endCursor of the page before"));
    }

    @MutationMapping
    Object openDraft(@Argument Opening input, @ContextValue Actor actor) {
        OpenDraftResult result = drafts.open(actor, input.idempotencyKey(), input.wanted((field, key) -> accounts.commanded(actor, Permission.CATALOG, field, key).id().value()));
        return result instanceof DraftKeyTaken(var why) ? why : result;
    }

    @MutationMapping
    DiscardDraftResult discardDraft(@Argument Named input, @ContextValue Actor actor) {
        return drafts.discard(actor, id("input.draft", input.draft()));
    }

    @MutationMapping
    RestoreDraftResult restoreDraft(@Argument Named input, @ContextValue Actor actor) {
        return drafts.restore(actor, id("input.draft", input.draft()));
    }

    @BatchMapping(typeName = "Plan", field = "draft")
    Map<Plan, Draft> ofPlans(List<Plan> plans, @ContextValue Actor actor) {
        return open(plans, actor);
    }

    @BatchMapping(typeName = "AddOn", field = "draft")
    Map<Plan, Draft> ofAddOns(List<Plan> addOns, @ContextValue Actor actor) {
        return open(addOns, actor);
    }

    private Map<Plan, Draft> open(List<Plan> plans, Actor actor) {
        Map<PlanId, Draft> open = drafts.openOf(actor, plans.stream().map(Plan::id).toList());
        return plans.stream().filter(plan -> open.containsKey(plan.id())).distinct().collect(toMap(plan -> plan, plan -> open.get(plan.id())));
    }

    @SchemaMapping(typeName = "Plan")
    List<PlanVersion> versions(Plan plan, @Argument int first, @ContextValue Actor actor) {
        return newest(plan, first, actor);
    }

    @SchemaMapping(typeName = "AddOn", field = "versions")
    List<PlanVersion> versionsOf(Plan addOn, @Argument int first, @ContextValue Actor actor) {
        return newest(addOn, first, actor);
    }

    private List<PlanVersion> newest(Plan plan, int first, Actor actor) {
        actor.requireEveryAccount(Permission.CATALOG);
        return catalog.snapshot().versionsOf(plan).reversed().stream().limit(Check.between("first", first, 1, MOST_VERSIONS)).toList();
    }

    @SchemaMapping(typeName = "Plan", field = "account")
    Optional<Account> ownerOfPlan(Plan plan, @ContextValue Actor actor) {
        return Optional.ofNullable(plan.own()).map(own -> accounts.byId(actor, new AccountId(own.account())));
    }

    @SchemaMapping(typeName = "AddOn", field = "account")
    Optional<Account> ownerOfAddOn(Plan addOn, @ContextValue Actor actor) {
        return ownerOfPlan(addOn, actor);
    }

    @SchemaMapping(typeName = "Plan")
    Optional<Plan> insteadOf(Plan plan) {
        return Optional.ofNullable(plan.own()).map(own -> catalog.snapshot().plan(own.insteadOf()));
    }

    @SchemaMapping(typeName = "AddOn", field = "insteadOf")
    Optional<Plan> addOnInsteadOf(Plan addOn) {
        return insteadOf(addOn);
    }

    @SchemaMapping(typeName = "Draft")
    Optional<Account> account(Draft draft, @ContextValue Actor actor) {
        return drafts.account(actor, draft);
    }

    @SchemaMapping(typeName = "Draft")
    Product product(Draft draft) {
        return catalog.snapshot().product(draft.subject().product());
    }

    @SchemaMapping(typeName = "Draft")
    Plan.Kind kind(Draft draft) {
        return draft.subject().kind();
    }

    @SchemaMapping(typeName = "Draft")
    String key(Draft draft) {
        return draft.subject().key();
    }

    @SchemaMapping(typeName = "Draft")
    Optional<Plan> plan(Draft draft) {
        return draft.plan(catalog.snapshot()).filter(Plan::tier);
    }

    @SchemaMapping(typeName = "Draft")
    Optional<Plan> addOn(Draft draft) {
        return draft.plan(catalog.snapshot()).filter(plan -> !plan.tier());
    }

    @SchemaMapping(typeName = "Draft", field = "base")
    Optional<Integer> baseNumber(Draft draft) {
        return base(draft).map(PlanVersion::number);
    }

    private Optional<PlanVersion> base(Draft draft) {
        return DraftBase.version(draft, catalog.snapshot());
    }

    @SchemaMapping(typeName = "Draft")
    int number(Draft draft) {
        return DraftBase.number(draft, catalog.snapshot());
    }

    @SchemaMapping(typeName = "Draft")
    List<Finding> findings(Draft draft, @ContextValue Actor actor) {
        return drafts.findings(actor, draft);
    }

    @SchemaMapping(typeName = "Draft")
    List<DraftStep> history(Draft draft, @Argument int first, @Argument @Nullable Integer after, @ContextValue Actor actor) {
        return drafts.history(actor, draft.id(), after, (int) Check.between("first", first, 1, LARGEST_PAGE));
    }
}
