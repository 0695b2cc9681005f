package dev.headroom.rollout;

import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.RolloutTurns.Turned;
import dev.headroom.rollout.Rollouts.ComingVersion;
import dev.headroom.rollout.Withdrawals.WithdrawVersionResult.RolloutStateForbids;
import dev.headroom.shown.ShownQuote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class RolloutController {

    private static final int LARGEST_PAGE = 100;

    private final Rollouts rollouts;
    private final RolloutTurns turns;
    private final Accounts accounts;
    private final ComingPreviews previews;

    RolloutController(Rollouts rollouts, RolloutTurns turns, Accounts accounts, ComingPreviews previews) {
        this.previews = previews;
        this.rollouts = rollouts;
        this.turns = turns;
        this.accounts = accounts;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(Rollout node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    record Turning(String rollout) {

        UUID id() {
            return RolloutController.id("input.rollout", rollout);
        }
    }

    record Retrying(String rollout, @Nullable List<String> accounts) {}

    record RolloutPaused(Rollout rollout) {}

    record RolloutResumed(Rollout rollout) {}

    record RolloutStopped(Rollout rollout) {}

    record RolloutRetried(Rollout rollout, int accounts) {}

    static UUID id(String field, String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.notFound(field, "No such roll-out"));
    }

    @QueryMapping
    Optional<Rollout> rollout(@Argument String id, @ContextValue Actor actor) {
        return rollouts.find(actor, id("id", id));
    }

    /** One row more than asked for tells whether another page follows. */
    @QueryMapping
    Page rollouts(
            @Argument int first, @Argument @Nullable String after, @Argument Rollout.@Nullable State state, @Argument @Nullable String plan, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<Rollout> found = rollouts.page(actor, state, plan, after == null ? null : cursor(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(rollout -> new Edge(rollout, rollout.id().toString())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static UUID cursor(String after) {
        return Ids.parse(after).orElseThrow(() -> HeadroomException.invalid("after", "Expected the endCursor of the page before"));
    }

    @QueryMapping
    List<ComingVersion> comingVersions(@Argument @Nullable String account, @ContextValue Actor actor) {
        return rollouts.coming(actor, accounts.meant(actor, account).id());
    }

    @SchemaMapping(typeName = "ComingVersion")
    Optional<ShownQuote> preview(ComingVersion coming, @ContextValue Actor actor) {
        return previews.of(actor, coming);
    }

    @MutationMapping
    Object pauseRollout(@Argument Turning input, @ContextValue Actor actor) {
        return answer(turns.pause(actor, input.id()), turned -> new RolloutPaused(turned.rollout()));
    }

    @MutationMapping
    Object resumeRollout(@Argument Turning input, @ContextValue Actor actor) {
        return answer(turns.resume(actor, input.id()), turned -> new RolloutResumed(turned.rollout()));
    }

    @MutationMapping
    Object stopRollout(@Argument Turning input, @ContextValue Actor actor) {
        return answer(turns.stop(actor, input.id()), turned -> new RolloutStopped(turned.rollout()));
    }

    @MutationMapping
    Object retryRollout(@Argument Retrying input, @ContextValue Actor actor) {
        List<UUID> named = input.accounts() == null ? null : named(input.accounts(), actor);
        return answer(turns.retry(actor, id("input.rollout", input.rollout()), named), turned -> new RolloutRetried(turned.rollout(), turned.accounts()));
    }

    private static Object answer(Turned turned, Function<Turned, Object> success) {
        return turned.possible() ? success.apply(turned) : new RolloutStateForbids(turned.rollout());
    }

    private List<UUID> named(List<String> keys, Actor actor) {
        Check.between("input.accounts (how many)", keys.size(), 1, Segment.MOST_ACCOUNTS);
        Map<String, UUID> found = accounts.byKeys(actor, keys).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().id().value()));
        return keys.stream().map(key -> Optional.ofNullable(found.get(key))
                .orElseThrow(() -> HeadroomException.notFound("input.accounts", "No account has the key \"" + key + "\""))).toList();
    }
}
