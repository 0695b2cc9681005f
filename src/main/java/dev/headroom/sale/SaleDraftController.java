package dev.headroom.sale;

import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sale.SaleDraft.Kind;
import dev.headroom.sale.SaleDraft.State;
import dev.headroom.sale.SaleDrafts.EditSaleDraftResult;
import dev.headroom.sale.SaleDrafts.OpenSaleDraft;
import dev.headroom.sale.SaleDrafts.OpenSaleDraftResult;
import dev.headroom.sale.SaleDrafts.TurnSaleDraftResult;
import dev.headroom.sale.SaleLooks.LookAtSaleDraftResult;
import dev.headroom.sale.SalePublications.PublishSaleDraft;
import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class SaleDraftController {

    private static final int LARGEST_PAGE = 100;

    private final SaleDrafts drafts;
    private final SaleLooks looks;
    private final SalePublications publications;

    SaleDraftController(SaleDrafts drafts, SaleLooks looks, SalePublications publications) {
        this.drafts = drafts;
        this.looks = looks;
        this.publications = publications;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(SaleDraft node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    record Named(String draft) {

        UUID id() {
            return SaleDraftController.id("input.draft", draft);
        }
    }

    record Editing(String draft, int revision, @Nullable OfferSheet offer, @Nullable BundleSheet bundle) {

        SaleSheet sheet() {
            if ((offer == null) == (bundle == null)) {
                throw HeadroomException.invalid("input.offer", "Give either offer or bundle");
            }
            return offer == null ? Check.present("input.bundle", bundle) : offer;
        }
    }

    record Looking(String draft, int revision) {}

    record Publishing(String idempotencyKey, String draft, int revision, String look, String reason) {

        PublishSaleDraft command() {
            return new PublishSaleDraft(idempotencyKey, id("input.draft", draft), revision, Ids.parse(look).orElse(null), reason);
        }
    }

    private static UUID id(String field, String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.notFound(field, "No such draft"));
    }

    @QueryMapping
    SaleDraft saleDraft(@Argument String id, @ContextValue Actor actor) {
        return drafts.byId(actor, id("id", id));
    }

    /** One row more than asked for tells whether another page follows. */
    @QueryMapping
    Page saleDrafts(@Argument int first, @Argument @Nullable String after, @Argument @Nullable Kind kind, @Argument @Nullable State state, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        UUID before = after == null ? null : Ids.parse(after).orElseThrow(() -> HeadroomException.invalid("after", "Expected the endCursor of the page before"));
        List<SaleDraft> found = drafts.page(actor, kind, state, before, first + 1);
        List<Edge> edges = found.stream().limit(first).map(draft -> new Edge(draft, draft.id().toString())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    @MutationMapping
    OpenSaleDraftResult openSaleDraft(@Argument OpenSaleDraft input, @ContextValue Actor actor) {
        return drafts.open(actor, input);
    }

    @MutationMapping
    EditSaleDraftResult editSaleDraft(@Argument Editing input, @ContextValue Actor actor) {
        return drafts.edit(actor, id("input.draft", input.draft()), input.revision(), input.sheet());
    }

    @MutationMapping
    TurnSaleDraftResult discardSaleDraft(@Argument Named input, @ContextValue Actor actor) {
        return drafts.discard(actor, input.id());
    }

    @MutationMapping
    TurnSaleDraftResult restoreSaleDraft(@Argument Named input, @ContextValue Actor actor) {
        return drafts.restore(actor, input.id());
    }

    @MutationMapping
    LookAtSaleDraftResult lookAtSaleDraft(@Argument Looking input, @ContextValue Actor actor) {
        return looks.look(actor, id("input.draft", input.draft()), input.revision());
    }

    @MutationMapping
    PublishSaleDraftResult publishSaleDraft(@Argument Publishing input, @ContextValue Actor actor) {
        return publications.publish(actor, input.command());
    }

    @SchemaMapping(typeName = "SaleDraft")
    Optional<OfferSheet> offer(SaleDraft draft) {
        return Optional.ofNullable(draft.sheet()).filter(OfferSheet.class::isInstance).map(OfferSheet.class::cast);
    }

    @SchemaMapping(typeName = "SaleDraft")
    Optional<BundleSheet> bundle(SaleDraft draft) {
        return Optional.ofNullable(draft.sheet()).filter(BundleSheet.class::isInstance).map(BundleSheet.class::cast);
    }

    @SchemaMapping(typeName = "SaleDraft")
    List<SaleFinding> findings(SaleDraft draft, @ContextValue Actor actor) {
        return drafts.findings(actor, draft);
    }

    @SchemaMapping(typeName = "SaleDraft")
    List<SaleChange> changes(SaleDraft draft, @ContextValue Actor actor) {
        return drafts.changes(actor, draft);
    }
}
