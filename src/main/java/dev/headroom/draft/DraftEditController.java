package dev.headroom.draft;

import dev.headroom.actor.Actor;
import dev.headroom.draft.DraftEdits.ChangedPart;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.DraftEdits.EditDraftResult;
import dev.headroom.draft.DraftStep.PartChange;
import dev.headroom.error.Check;
import dev.headroom.limits.Limit;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.PackageLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.Visibility;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class DraftEditController {

    private final DraftEdits edits;

    DraftEditController(DraftEdits edits) {
        this.edits = edits;
    }

    record Editing(String idempotencyKey, String draft, int revision, List<Edit> edits) {

        EditDraft command() {
            return new EditDraft(
                    idempotencyKey, DraftController.id("input.draft", draft), revision,
                    IntStream.range(0, edits.size()).boxed().flatMap(i -> edits.get(i).edits("input.edits[" + i + "]")).toList());
        }
    }

    record Edit(
            @Nullable PlanFields plan, @Nullable NewPrice price, @Nullable String removePrice, @Nullable NewEntitlement entitlement,
            @Nullable String removeEntitlement) {

        private Stream<DraftEdit> edits(String path) {
            long given = Stream.of(plan, price, removePrice, entitlement, removeEntitlement).map(Optional::ofNullable).filter(Optional::isPresent).count();
            Check.between(path + " (how many of plan, price, removePrice, entitlement, removeEntitlement)", given, 1, 1);
            return Stream.of(
                            Optional.ofNullable(plan).stream().flatMap(PlanFields::edits),
                            Optional.ofNullable(price).map(NewPrice::line).map(DraftEdit::price).stream(),
                            Optional.ofNullable(removePrice).map(DraftEdit::removePrice).stream(),
                            Optional.ofNullable(entitlement).map(NewEntitlement::line).map(DraftEdit::entitlement).stream(),
                            Optional.ofNullable(removeEntitlement).map(DraftEdit::removeEntitlement).stream())
                    .flatMap(each -> each);
        }
    }

    /** What is left out stays, what is null is emptied. */
    record PlanFields(ArgumentValue<String> name, ArgumentValue<String> description, ArgumentValue<Integer> rank, ArgumentValue<Visibility> visibility) {

        private Stream<DraftEdit> edits() {
            return Stream.of(
                            Optional.of(name).filter(given -> !given.isOmitted()).map(given -> DraftEdit.name(given.value())),
                            Optional.of(description).filter(given -> !given.isOmitted()).map(given -> DraftEdit.description(given.value())),
                            Optional.of(rank).filter(given -> !given.isOmitted()).map(given -> DraftEdit.rank(given.value())),
                            Optional.of(visibility).filter(given -> !given.isOmitted()).map(given -> DraftEdit.visibility(given.value())))
                    .flatMap(Optional::stream);
        }
    }

    record NewPrice(
            @Nullable String id, @Nullable Interval interval, @Nullable String currency, PriceLine.@Nullable Model model, @Nullable Long flat,
            @Nullable String perSeat, @Nullable List<TierLine> volume, @Nullable List<TierLine> graduated, @Nullable PackageLine packaged) {

        private PriceLine line() {
            return new PriceLine(Optional.ofNullable(id).orElse(""), interval, currency, model, flat, perSeat, volume, graduated, packaged);
        }
    }

    record NewEntitlement(
            String feature, @Nullable Long included, Limit.@Nullable Policy policy, @Nullable Long softLimit, @Nullable Integer graceDays,
            @Nullable Integer gracePercent, @Nullable String setting, @Nullable List<OverageLine> overage) {

        private EntitlementLine line() {
            return new EntitlementLine(
                    feature, feature, included, policy, softLimit, graceDays, gracePercent, setting, Optional.ofNullable(overage).orElse(List.of()));
        }
    }

    record Moving(String idempotencyKey, String draft) {}

    @MutationMapping
    EditDraftResult editDraft(@Argument Editing input, @ContextValue Actor actor) {
        return edits.edit(actor, input.command());
    }

    @MutationMapping
    EditDraftResult undoDraftEdit(@Argument Moving input, @ContextValue Actor actor) {
        return edits.undo(actor, input.idempotencyKey(), DraftController.id("input.draft", input.draft()));
    }

    @MutationMapping
    EditDraftResult redoDraftEdit(@Argument Moving input, @ContextValue Actor actor) {
        return edits.redo(actor, input.idempotencyKey(), DraftController.id("input.draft", input.draft()));
    }

    @SchemaMapping(typeName = "DraftPartChange")
    String part(PartChange change) {
        return change.part().path();
    }

    @SchemaMapping(typeName = "DraftPartChange")
    @Nullable Object before(PartChange change) {
        return SheetJson.plain(change.before());
    }

    @SchemaMapping(typeName = "DraftPartChange")
    @Nullable Object after(PartChange change) {
        return SheetJson.plain(change.after());
    }

    @SchemaMapping(typeName = "ChangedPart", field = "part")
    String partOf(ChangedPart changed) {
        return changed.part().path();
    }

    @SchemaMapping(typeName = "ChangedPart")
    @Nullable Object read(ChangedPart changed) {
        return SheetJson.plain(changed.read());
    }

    @SchemaMapping(typeName = "ChangedPart")
    @Nullable Object current(ChangedPart changed) {
        return SheetJson.plain(changed.current());
    }

    @SchemaMapping(typeName = "ChangedPart")
    @Nullable Object wanted(ChangedPart changed) {
        return SheetJson.plain(changed.wanted());
    }
}
