package dev.headroom.console.rollout;

import dev.headroom.account.Accounts;
import dev.headroom.catalog.Catalog;
import dev.headroom.change.PlanChangeRecords;
import dev.headroom.console.SignedIn;
import dev.headroom.console.account.ActorText;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.RolloutDownloads;
import dev.headroom.rollout.RolloutTurns;
import dev.headroom.rollout.Rollouts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What the pages of roll-outs ask. */
@Component
record RolloutServices(
        SignedIn signedIn, Rollouts rollouts, RolloutTurns turns, RolloutDownloads downloads, Accounts accounts, Catalog catalog, PlanChangeRecords changes) {

    Counts counts(Rollout rollout) {
        Map<UUID, Counts> found = rollouts.counts(signedIn.actor(), List.of(rollout.id()));
        return Objects.requireNonNull(found.get(rollout.id()));
    }

    /** Who did something, as whoever reads it knows them. */
    String who(String actor) {
        return new ActorText(List.of(), signedIn).of(actor);
    }
}
