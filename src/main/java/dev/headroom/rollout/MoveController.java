package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.id.Ids;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.Rollouts.VersionSubscribers;
import dev.headroom.rollout.SubscriberMoves.MoveSubscribers;
import dev.headroom.rollout.SubscriberMoves.MoveSubscribersResult;
import dev.headroom.rollout.SubscriberMoves.PreviewMoveResult;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Moving subscribers to a version that is on sale, and who has which. */
@Controller
class MoveController {

    /** An id that nothing has. */
    private static final UUID NOWHERE = new UUID(0, 0);

    private final SubscriberMoves moves;
    private final Rollouts rollouts;

    MoveController(SubscriberMoves moves, Rollouts rollouts) {
        this.moves = moves;
        this.rollouts = rollouts;
    }

    record Looking(String idempotencyKey, String plan, int version, @Nullable Segment segment) {}

    record Moving(String idempotencyKey, String plan, int version, String impact, RolloutChoice rollout, @Nullable String confirmation, String reason) {

        MoveSubscribers command() {
            return new MoveSubscribers(idempotencyKey, plan, version, Ids.parse(impact).orElse(NOWHERE), rollout, confirmation, reason);
        }
    }

    @QueryMapping
    List<VersionSubscribers> subscribersByVersion(@Argument String plan, @ContextValue Actor actor) {
        return rollouts.subscribers(actor, plan);
    }

    @MutationMapping
    PreviewMoveResult previewMove(@Argument Looking input, @ContextValue Actor actor) {
        return moves.preview(actor, input.idempotencyKey(), input.plan(), input.version(), Objects.requireNonNullElse(input.segment(), Segment.EVERYBODY));
    }

    @MutationMapping
    MoveSubscribersResult moveSubscribers(@Argument Moving input, @ContextValue Actor actor) {
        return moves.move(actor, input.command());
    }

    @SchemaMapping(typeName = "Impact")
    @Nullable Integer version(ImpactRun run) {
        return run.among() == null ? null : Integer.valueOf(run.next().number());
    }

    @SchemaMapping(typeName = "Impact")
    @Nullable Segment segment(ImpactRun run) {
        return run.among();
    }
}
