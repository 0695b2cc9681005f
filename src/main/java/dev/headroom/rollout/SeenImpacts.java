package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.ImpactReceipt;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.Impacts;
import dev.headroom.rollout.PublishDraftResult.ImpactFlaw;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Whether what was looked at is what is to be published. */
@Service
class SeenImpacts {

    /** As long as the lines of a run are kept, from which the list of who is moved is made. */
    private static final Duration GOOD_FOR = Duration.ofDays(7);
    private static final Actor.System SELF = new Actor.System("rollout");

    private final Impacts impacts;
    private final Catalog catalog;
    private final InstantSource clock;

    SeenImpacts(Impacts impacts, Catalog catalog, InstantSource clock) {
        this.impacts = impacts;
        this.catalog = catalog;
        this.clock = clock;
    }

    Optional<ImpactRun> find(UUID id) {
        return impacts.find(SELF, id);
    }

    /** Why a run says nothing of a version that is to be published now; empty where it does. */
    Optional<ImpactFlaw> flaw(ImpactRun run, PlanVersion version) {
        if (run.state() != ImpactRun.State.DONE) {
            return Optional.of(ImpactFlaw.NOT_DONE);
        }
        return flaw(run, version, clock.instant().minus(GOOD_FOR)).or(() -> run.linesKept() ? Optional.empty() : Optional.of(ImpactFlaw.TOO_OLD));
    }

    /** The same when the date has come that it was looked at for, however long ago. */
    Optional<ImpactFlaw> flawAtDate(UUID run, PlanVersion version) {
        return flaw(impacts.byId(SELF, run), version, Instant.EPOCH);
    }

    private Optional<ImpactFlaw> flaw(ImpactRun run, PlanVersion version, Instant notBefore) {
        ImpactReceipt receipt = impacts.receipt(SELF, run.id());
        return receipt.flaw(version, catalog.snapshot().onSale(version.plan()).orElse(null), notBefore).map(flaw -> switch (flaw) {
            case OTHER_CONTENT -> ImpactFlaw.OTHER_CONTENT;
            case OTHER_ON_SALE -> ImpactFlaw.OTHER_ON_SALE;
            case TOO_OLD -> ImpactFlaw.TOO_OLD;
        });
    }

    /** What it is known by in what is recorded. */
    ImpactReceipt receipt(UUID run) {
        return impacts.receipt(SELF, run);
    }
}
