package dev.headroom.sale;

import dev.headroom.sale.SaleDrafts.EditSaleDraftResult;
import dev.headroom.sale.SaleLooks.LookAtSaleDraftResult;

/** Its revision is not the one that was read. */
public record SaleDraftEditedSince(SaleDraft draft) implements EditSaleDraftResult, LookAtSaleDraftResult, PublishSaleDraftResult {}
