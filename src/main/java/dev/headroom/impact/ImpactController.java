package dev.headroom.impact;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CreatePlan.NextVersion;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.impact.ImpactRun.State;
import dev.headroom.impact.ImpactSummary.BandTotal;
import dev.headroom.impact.ImpactSummary.HindranceTotal;
import dev.headroom.impact.ImpactSummary.LimitTally;
import dev.headroom.impact.ImpactSummary.StandingTotal;
import dev.headroom.impact.ImpactSummary.Total;
import dev.headroom.impact.WhatIf.Expectation;
import dev.headroom.sheet.Finding;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ImpactController {

    private static final int ALL = 100;

    private final Impacts impacts;
    private final Drafts drafts;
    private final Catalog catalog;

    ImpactController(Impacts impacts, Drafts drafts, Catalog catalog) {
        this.impacts = impacts;
        this.drafts = drafts;
        this.catalog = catalog;
    }

    record CancelImpact(String impact) {}

    sealed interface PreviewImpactResult {}

    record ImpactStarted(ImpactRun impact) implements PreviewImpactResult {}

    record DraftHasFindings(Draft draft, List<Finding> findings) implements PreviewImpactResult {}

    sealed interface CancelImpactResult {}

    record ImpactCanceled(ImpactRun impact) implements CancelImpactResult {}

    @QueryMapping
    Optional<ImpactRun> impact(@Argument String id, @ContextValue Actor actor) {
        return impacts.find(actor, id("id", id));
    }

    @MutationMapping
    Object previewImpact(@Argument NextVersion input, @ContextValue Actor actor) {
        if (!input.clear()) {
            throw HeadroomException.invalid("input.draft", "Name a draft, or else a plan with all of its prices and entitlements");
        }
        return input.draft() == null
                ? new ImpactStarted(impacts.start(actor, input.idempotencyKey(), catalog.imagine(actor, input)))
                : ofDraft(actor, input.idempotencyKey(), new DraftId(Ids.parse(input.draft()).orElseThrow(() -> HeadroomException.notFound("input.draft", "No such draft"))));
    }

    private Object ofDraft(Actor actor, String idempotencyKey, DraftId draft) {
        return switch (drafts.candidate(actor, draft)) {
            case Candidate candidate -> new ImpactStarted(impacts.start(actor, idempotencyKey, candidate.version()));
            case CandidateHasFindings(Draft found, List<Finding> findings) -> new DraftHasFindings(found, findings);
            case DraftNotOpen closed -> closed;
        };
    }

    @MutationMapping
    CancelImpactResult cancelImpact(@Argument CancelImpact input, @ContextValue Actor actor) {
        return new ImpactCanceled(impacts.cancel(actor, id("input.impact", input.impact())));
    }

    private static UUID id(String field, String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.invalid(field, "Expected the id of an impact"));
    }

    @SchemaMapping(typeName = "Impact")
    String plan(ImpactRun run) {
        return run.next().plan().key();
    }

    @SchemaMapping(typeName = "Impact")
    @Nullable Integer comparedWith(ImpactRun run) {
        PlanVersionId compared = run.comparedWith();
        return compared == null ? null : Integer.valueOf(catalog.snapshot().version(compared).number());
    }

    @SchemaMapping(typeName = "Impact")
    List<Total> totals(ImpactRun run) {
        return of(run, ImpactSummary::totals);
    }

    @SchemaMapping(typeName = "Impact")
    List<StandingTotal> standings(ImpactRun run) {
        return of(run, ImpactSummary::standings);
    }

    @SchemaMapping(typeName = "Impact")
    List<BandTotal> histogram(ImpactRun run) {
        return of(run, ImpactSummary::histogram);
    }

    @SchemaMapping(typeName = "Impact")
    List<LimitTally> limits(ImpactRun run) {
        return of(run, ImpactSummary::limits);
    }

    @SchemaMapping(typeName = "Impact")
    List<HindranceTotal> hindrances(ImpactRun run) {
        return of(run, ImpactSummary::hindrances);
    }

    @SchemaMapping(typeName = "Impact")
    List<Expectation> whatIf(ImpactRun run, @Argument int takeUpPercent, @Argument int churnPercent, @Argument int risesOverPercent) {
        Check.between("takeUpPercent", takeUpPercent, 0, ALL);
        Check.between("churnPercent", churnPercent, 0, ALL);
        if (!Band.edgesOfRises().contains(risesOverPercent)) {
            throw HeadroomException.invalid("risesOverPercent", "Expected one of " + Band.edgesOfRises());
        }
        return of(run, new WhatIf(takeUpPercent, churnPercent, risesOverPercent)::of);
    }

    @SchemaMapping(typeName = "Impact")
    @Nullable String csv(ImpactRun run) {
        return run.state() == State.DONE && run.linesKept() ? ImpactDownloadController.path(run.id()) : null;
    }

    private static <T> List<T> of(ImpactRun run, Function<ImpactSummary, List<T>> part) {
        return run.summary() == null ? List.of() : part.apply(run.summary());
    }

    @SchemaMapping(typeName = "ImpactBandTotal")
    @Nullable Integer fromPercent(BandTotal total) {
        return total.band().fromPercent();
    }

    @SchemaMapping(typeName = "ImpactBandTotal")
    @Nullable Integer untilPercent(BandTotal total) {
        return total.band().untilPercent();
    }

    @SchemaMapping(typeName = "ImpactBandTotal")
    boolean fromNothing(BandTotal total) {
        return total.band() == Band.RISES_FROM_NOTHING;
    }

    @SchemaMapping(typeName = "ImpactLimitTotal")
    Feature feature(LimitTally tally) {
        return catalog.snapshot().feature(tally.feature());
    }
}
