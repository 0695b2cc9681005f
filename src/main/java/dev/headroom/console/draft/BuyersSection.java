package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.catalog.BuyersPanel;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.draft.Drafts.CandidateResult;
import dev.headroom.draft.Drafts.DraftNotOpen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What buyers would see with what is drafted in the place of what is on sale; nothing yet while something keeps it from being sold. */
final class BuyersSection extends Div {

    private final DraftServices services;
    private final Draft draft;
    private final QueryState state;
    private @Nullable PlanVersion version;
    private @Nullable BuyersPanel panel;

    BuyersSection(DraftServices services, Draft draft, QueryState state) {
        this.services = services;
        this.draft = draft;
        this.state = state;
    }

    void show(Draft now) {
        CandidateResult candidate = services.drafts().candidate(services.signedIn().actor(), now.id());
        switch (candidate) {
            case Candidate(var _, var _, var next) -> show(next);
            case CandidateHasFindings _ -> unfinished();
            case DraftNotOpen _ -> unfinished();
        }
    }

    private void unfinished() {
        removeAll();
        panel = null;
        add(new EmptyState(translate("buyers.draft.unfinished"), translate("buyers.draft.unfinished.why")));
    }

    private void show(PlanVersion next) {
        version = next;
        if (panel != null) {
            panel.show();
            return;
        }
        CatalogSnapshot known = services.catalog().snapshot();
        removeAll();
        panel = new BuyersPanel(state, known, List.of(known.product(draft.subject().product())),
                (product, currency) -> services.tables().drafted(services.signedIn().actor(), version, currency));
        add(panel);
    }
}
