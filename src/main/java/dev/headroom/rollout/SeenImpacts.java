package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.ImpactReceipt;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.impact.Impacts;
import dev.headroom.impact.LinePages;
import dev.headroom.impact.Segment;
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

    /** As long as the lines of a run that no decision names are kept, from which the list of who is moved is made. */
    private static final Duration GOOD_FOR = Duration.ofDays(7);
    private static final Actor.System SELF = new Actor.System("rollout");

    private final Impacts impacts;
    private final LinePages lines;
    private final Catalog catalog;
    private final InstantSource clock;

    SeenImpacts(Impacts impacts, LinePages lines, Catalog catalog, InstantSource clock) {
        this.impacts = impacts;
        this.lines = lines;
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

    /** Why a run says nothing of moving these to a version that is on sale; empty where it does. */
    Optional<ImpactFlaw> flaw(ImpactRun run, PlanVersion sold, Segment among) {
        if (run.state() != ImpactRun.State.DONE) {
            return Optional.of(ImpactFlaw.NOT_DONE);
        }
        if (!run.next().id().equals(sold.id()) || !among.equals(run.among())) {
            return Optional.of(ImpactFlaw.OTHER_CONTENT);
        }
        return run.linesKept() && !run.beganAt().isBefore(clock.instant().minus(GOOD_FOR)) ? Optional.empty() : Optional.of(ImpactFlaw.TOO_OLD);
    }

    private Optional<ImpactFlaw> flaw(ImpactRun run, PlanVersion version, Instant notBefore) {
        if (run.among() != null) {
            return Optional.of(ImpactFlaw.OTHER_CONTENT);
        }
        ImpactReceipt receipt = impacts.receipt(SELF, run.id());
        return receipt.flaw(version, catalog.current().onSale(version.plan()).orElse(null), notBefore).map(flaw -> switch (flaw) {
            case OTHER_CONTENT -> ImpactFlaw.OTHER_CONTENT;
            case OTHER_ON_SALE -> ImpactFlaw.OTHER_ON_SALE;
            case TOO_OLD -> ImpactFlaw.TOO_OLD;
        });
    }

    /** Begins to look at what moving some to a version that is on sale would do. */
    ImpactRun look(Actor actor, String idempotencyKey, PlanVersion sold, Segment among) {
        lines.named(actor, among, "input.segment");
        return impacts.start(actor, idempotencyKey, sold, among);
    }

    /** What a decision was made by, all of which is kept as long as that; in the transaction that records it. */
    ImpactSummary named(UUID run) {
        return impacts.named(SELF, run);
    }

    /** What a run said; empty where there is none that came to an end. */
    Optional<ImpactSummary> said(UUID run) {
        return find(run).map(ImpactRun::summary);
    }

    /** What it is known by in what is recorded. */
    ImpactReceipt receipt(UUID run) {
        return impacts.receipt(SELF, run);
    }
}
