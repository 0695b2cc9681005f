package dev.headroom.rollout;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeRecords;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.Impacts;
import dev.headroom.rollout.MoveRepository.Place;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollout.Revenue;
import dev.headroom.rollout.RolloutMove.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What is asked of a roll-out and of its accounts, in the words of the schema. */
@Controller
class RolloutFieldController {

    private static final int LARGEST_PAGE = 100;
    private static final Actor.System SELF = new Actor.System("rollout");

    private final Rollouts rollouts;
    private final Drafts drafts;
    private final Impacts impacts;
    private final PlanChangeRecords changes;
    private final Accounts accounts;
    private final Catalog catalog;

    RolloutFieldController(Rollouts rollouts, Drafts drafts, Impacts impacts, PlanChangeRecords changes, Accounts accounts, Catalog catalog) {
        this.rollouts = rollouts;
        this.drafts = drafts;
        this.impacts = impacts;
        this.changes = changes;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(RolloutMove node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    @SchemaMapping(typeName = "Rollout")
    int version(Rollout rollout) {
        return rollout.number();
    }

    @SchemaMapping(typeName = "Rollout")
    @Nullable Integer previous(Rollout rollout) {
        return rollout.previous() == null ? null : Integer.valueOf(catalog.snapshot().version(rollout.previous()).number());
    }

    @SchemaMapping(typeName = "Rollout")
    Plan.Kind kind(Rollout rollout) {
        CatalogSnapshot known = catalog.snapshot();
        return rollout.draft() == null ? known.version(rollout.version()).plan().kind() : drafts.byId(SELF, rollout.draft()).subject().kind();
    }

    /** Whoever may know of a publication may know what was published. */
    @SchemaMapping(typeName = "Rollout")
    @Nullable Draft draft(Rollout rollout) {
        return rollout.draft() == null ? null : drafts.byId(SELF, rollout.draft());
    }

    @SchemaMapping(typeName = "Rollout")
    ImpactRun impact(Rollout rollout) {
        return impacts.byId(SELF, rollout.impact());
    }

    @BatchMapping(typeName = "Rollout")
    Map<Rollout, Counts> counts(List<Rollout> of, @ContextValue Actor actor) {
        Map<UUID, Counts> found = rollouts.counts(actor, of.stream().map(Rollout::id).distinct().toList());
        return of.stream().distinct().collect(toMap(Function.identity(), rollout -> Objects.requireNonNull(found.get(rollout.id()))));
    }

    @SchemaMapping(typeName = "Rollout")
    List<Revenue> revenue(Rollout rollout, @ContextValue Actor actor) {
        return rollouts.revenue(actor, rollout.id());
    }

    @SchemaMapping(typeName = "Rollout")
    String csv(Rollout rollout) {
        return RolloutDownloadController.path(rollout.id());
    }

    @SchemaMapping(typeName = "Rollout", field = "accounts")
    Page moves(Rollout rollout, @Argument int first, @Argument @Nullable String after, @Argument @Nullable State state, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<RolloutMove> found = rollouts.moves(actor, rollout.id(), state, after == null ? null : place(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(move -> new Edge(move, move.account() + ":" + move.subscription())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static Place place(String after) {
        String[] parts = after.split(":", -1);
        Optional<UUID> account = Ids.parse(parts[0]);
        Optional<UUID> subscription = Ids.parse(parts[parts.length - 1]);
        if (parts.length != 2 || account.isEmpty() || subscription.isEmpty()) {
            throw HeadroomException.invalid("after", "Expected the endCursor of the page before");
        }
        return new Place(account.get(), subscription.get());
    }

    @BatchMapping(typeName = "RolloutAccount")
    Map<RolloutMove, Account> account(List<RolloutMove> of, @ContextValue Actor actor) {
        Map<AccountId, Account> found = accounts.byIds(actor, of.stream().map(RolloutMove::account).distinct().toList());
        return of.stream().collect(toMap(Function.identity(), move -> Objects.requireNonNull(found.get(move.account()))));
    }

    @SchemaMapping(typeName = "RolloutAccount")
    String subscription(RolloutMove move) {
        return move.subscription().toString();
    }

    @SchemaMapping(typeName = "RolloutAccount")
    int from(RolloutMove move) {
        return catalog.snapshot().version(move.look().has()).number();
    }

    @BatchMapping(typeName = "RolloutAccount")
    Map<RolloutMove, PlanChange> change(List<RolloutMove> of, @ContextValue Actor actor) {
        List<RolloutMove> made = of.stream().distinct().filter(move -> move.work().change() != null).toList();
        Map<UUID, PlanChange> found = changes.byIds(actor, made.stream().collect(toMap(move -> move.work().change(), RolloutMove::account)));
        return made.stream().filter(move -> found.containsKey(move.work().change())).collect(toMap(Function.identity(), move -> found.get(move.work().change())));
    }
}
