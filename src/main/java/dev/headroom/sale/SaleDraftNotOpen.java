package dev.headroom.sale;

import dev.headroom.sale.SaleDrafts.EditSaleDraftResult;
import dev.headroom.sale.SaleDrafts.TurnSaleDraftResult;
import dev.headroom.sale.SaleLooks.LookAtSaleDraftResult;

/** It was put live or discarded, as its state says. */
public record SaleDraftNotOpen(SaleDraft draft) implements EditSaleDraftResult, TurnSaleDraftResult, LookAtSaleDraftResult, PublishSaleDraftResult {}
