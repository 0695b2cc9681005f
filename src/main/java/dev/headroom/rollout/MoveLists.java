package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.HeadroomException;
import dev.headroom.impact.ImpactLine;
import dev.headroom.impact.LinePages;
import dev.headroom.impact.LinePages.LinePage;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.RolloutMove.Look;
import dev.headroom.rollout.RolloutMove.Reason;
import dev.headroom.rollout.RolloutMove.State;
import dev.headroom.rollout.RolloutMove.Work;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Writes down, from the lines of an impact, who is moved and what for, before anybody is. */
@Service
class MoveLists {

    private static final int AT_ONCE = 2_000;
    private static final Actor.System SELF = new Actor.System("rollout");

    private final LinePages lines;
    private final Catalog catalog;
    private final MoveRepository moves;

    MoveLists(LinePages lines, Catalog catalog, MoveRepository moves) {
        this.lines = lines;
        this.catalog = catalog;
        this.moves = moves;
    }

    /**
     * @return how many there are, and of them how many are to be moved
     * @throws HeadroomException NOT_FOUND for a key that no account has
     */
    Counts write(Rollout rollout) {
        if (rollout.terms().choice().moves()) {
            Set<UUID> named = lines.named(SELF, rollout.terms().choice().segment(), "input.rollout.segment");
            @Nullable String after = null;
            do {
                LinePage page = lines.page(SELF, rollout.impact(), null, null, after, AT_ONCE);
                List<RolloutMove> listed = page.lines().stream().filter(line -> chosen(line, rollout, named)).map(line -> move(line, rollout)).toList();
                if (!listed.isEmpty()) {
                    moves.insert(listed);
                }
                after = page.hasNext() ? page.end() : null;
            } while (after != null);
        }
        return moves.counts(List.of(rollout.id())).get(rollout.id());
    }

    private boolean chosen(ImpactLine line, Rollout rollout, Set<UUID> named) {
        return rollout.terms().choice().segment().holds(line, catalog.snapshot().version(line.has()).number(), named);
    }

    private static RolloutMove move(ImpactLine line, Rollout rollout) {
        Look look = Look.of(line);
        Reason reason = line.hindrance() == null ? tooMuch(look, rollout) : Reason.of(line.hindrance());
        return new RolloutMove(
                rollout.id(), line.account(), line.subscription(), look, reason == null ? State.WAITING : State.SKIPPED, reason, null, null,
                new Work(rollout.dates().publishAt(), null, 0, 0, null, rollout.decision().at()));
    }

    private static @Nullable Reason tooMuch(Look look, Rollout rollout) {
        return look.risesByMore(rollout.terms().mostRisePercent()) ? Reason.RISES_TOO_MUCH : null;
    }
}
