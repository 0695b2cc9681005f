package dev.headroom.demo;

import dev.headroom.catalog.Plan;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.sheet.PriceLine;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** Leaves a price rise of one plan to be reviewed; a second time changes nothing. */
@Service
class DemoDrafts {

    private static final String PLAN = "launchpad-pro";
    private static final String KEY = "demo:draft:" + PLAN;

    private final Drafts drafts;
    private final DraftEdits edits;

    DemoDrafts(Drafts drafts, DraftEdits edits) {
        this.drafts = drafts;
        this.edits = edits;
    }

    void prepare() {
        if (drafts.open(DemoCatalogs.SELF, KEY, new Wanted.Next(Plan.Kind.TIER, PLAN)) instanceof DraftOpened(var draft) && draft.revision() == 0) {
            List<DraftEdit> rises = draft.sheet().prices().stream().map(DemoDrafts::raised).map(DraftEdit::price).toList();
            edits.edit(DemoCatalogs.SELF, new EditDraft(KEY + ":rise", draft.id(), 0, rises));
        }
    }

    /** By a tenth, up to a whole amount. */
    private static PriceLine raised(PriceLine line) {
        long risen = Math.ceilDiv(Objects.requireNonNull(line.flat()) * 11, 1_000) * 100;
        return new PriceLine(line.id(), line.interval(), line.currency(), line.model(), risen, null, null, null, null);
    }
}
