package dev.headroom.console.matrix;

import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.SignedIn;
import dev.headroom.console.account.ActorText;
import dev.headroom.console.matrix.Matrix.Column;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.DraftEdits.EditDraftResult;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftAlreadyOpen;
import dev.headroom.draft.Drafts.DraftKeyTaken;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sheet.Finding;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the matrix asks, and the one way from a cell into a draft. */
@Component
record MatrixServices(SignedIn signedIn, Catalog catalog, Drafts drafts, DraftEdits edits, InstantSource clock) {

    private static final int PAGE = 100;

    boolean mayEdit() {
        return signedIn.may(Permission.CATALOG);
    }

    /** Who did something, as whoever reads it knows them. */
    String who(String actor) {
        return new ActorText(List.of(), signedIn).of(actor);
    }

    Matrix read(Product product) {
        CatalogSnapshot known = catalog.snapshot();
        List<PlanVersion> sold = known.onSale(product.id());
        Map<PlanId, Draft> open = mayEdit() ? drafts.openOf(signedIn.actor(), sold.stream().map(version -> version.plan().id()).toList()) : Map.of();
        Stream<Column> plans = sold.stream().map(version -> {
            Draft draft = open.get(version.plan().id());
            return Column.of(version, draft, findings(draft));
        });
        return Matrix.of(product, known, Stream.concat(plans, fresh(product).map(draft -> Column.of(draft, findings(draft)))));
    }

    /** Drafts of plans that are not there yet. */
    private Stream<Draft> fresh(Product product) {
        return mayEdit() ? drafts.page(signedIn.actor(), Draft.State.OPEN, null, PAGE).stream()
                .filter(draft -> draft.subject().base() == null && draft.subject().account() == null && draft.subject().kind() == Plan.Kind.TIER && draft.subject().product().equals(product.id())) : Stream.empty();
    }

    private List<Finding> findings(@Nullable Draft draft) {
        return draft == null ? List.of() : drafts.findings(signedIn.actor(), draft);
    }

    /**
     * Writes into the plan's draft, which is begun where there is none.
     *
     * @param read as it was when whoever edits looked: of a plan without a draft what was on sale, which is what a draft begins as
     */
    EditDraftResult edit(Column read, DraftEdit edit) {
        if (read.draft() != null) {
            return edit(read.draft().id(), read.draft().revision(), edit);
        }
        return switch (drafts.open(signedIn.actor(), Ids.next().toString(), new Wanted.Next(Plan.Kind.TIER, read.key()))) {
            case DraftOpened(var draft) -> edit(draft.id(), 0, edit);
            case DraftAlreadyOpen(var draft) -> edit(draft.id(), 0, edit);
            case DraftKeyTaken _ -> throw HeadroomException.of(ErrorCode.CONFLICT, null, "Something else is sold under the key \"" + read.key() + "\"");
        };
    }

    EditDraftResult edit(DraftId draft, int revision, DraftEdit edit) {
        return edits.edit(signedIn.actor(), new EditDraft(Ids.next().toString(), draft, revision, List.of(edit)));
    }

    EditDraftResult undo(DraftId draft) {
        return edits.undo(signedIn.actor(), Ids.next().toString(), draft);
    }
}
