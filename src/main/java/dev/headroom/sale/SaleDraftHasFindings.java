package dev.headroom.sale;

import dev.headroom.sale.SaleLooks.LookAtSaleDraftResult;
import java.util.List;

/** @param findings that keep it from being looked at and put live */
public record SaleDraftHasFindings(SaleDraft draft, List<SaleFinding> findings) implements LookAtSaleDraftResult, PublishSaleDraftResult {}
