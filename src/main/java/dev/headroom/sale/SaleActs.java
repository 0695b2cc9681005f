package dev.headroom.sale;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.bundle.Bundles;
import dev.headroom.bundle.CreateBundle.BundleCreated;
import dev.headroom.bundle.EndBundle;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Offer.OfferCreated;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.sale.SaleLookRepository.Seen;
import dev.headroom.sale.SaleReadings.Asked;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Does what a draft asks for, in the transaction of whoever has decided on that. */
@Service
class SaleActs {

    private final Catalog catalog;
    private final Bundles bundles;
    private final AuditEntries audit;

    SaleActs(Catalog catalog, Bundles bundles, AuditEntries audit) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.audit = audit;
    }

    /** @throws HeadroomException CONFLICT where somebody else has taken the key in the same moment */
    @Transactional(propagation = Propagation.MANDATORY)
    public void carryOut(Actor actor, SaleDraft draft, Asked asked) {
        if (draft.ends() != null) {
            end(actor, draft, draft.ends());
        }
        boolean made = (asked.offer() == null || catalog.create(actor, asked.offer()) instanceof OfferCreated)
                && (asked.bundle() == null || bundles.create(actor, asked.bundle()) instanceof BundleCreated);
        if (!made) {
            throw HeadroomException.of(ErrorCode.CONFLICT, "key", "Somebody else has taken the key in the same moment; give it another one");
        }
    }

    private void end(Actor actor, SaleDraft draft, String key) {
        switch (draft.kind()) {
            case OFFER -> catalog.end(actor, key);
            case BUNDLE -> bundles.end(actor, new EndBundle("sale:" + draft.id(), key));
        }
    }

    /** All that was decided by, in one place. */
    private record Decided(SaleDraft.Kind kind, SaleDraft.Act act, List<SaleChange> changes, Seen seen, String reason) {}

    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Actor actor, SaleDraft draft, List<SaleChange> changes, Seen seen, String reason) {
        audit.changed(actor, "publishSaleDraft", null, "saleDraft", draft.id(), null, new Decided(draft.kind(), draft.act(), changes, seen, reason), reason);
    }
}
