package dev.headroom.exchange;

import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The edits that make a draft say what a file says; a price keeps its id as long as there is one for its interval and currency. */
final class SheetEdits {

    private SheetEdits() {}

    static List<DraftEdit> between(PlanSheet draft, PlanSheet wanted) {
        List<DraftEdit> edits = new ArrayList<>();
        if (!Objects.equals(draft.name(), wanted.name())) {
            edits.add(DraftEdit.name(wanted.name()));
        }
        if (!text(draft.description()).equals(text(wanted.description()))) {
            edits.add(DraftEdit.description(wanted.description()));
        }
        if (!Objects.equals(draft.rank(), wanted.rank())) {
            edits.add(DraftEdit.rank(wanted.rank()));
        }
        if (draft.visibility() != wanted.visibility()) {
            edits.add(DraftEdit.visibility(wanted.visibility()));
        }
        prices(draft, wanted, edits);
        entitlements(draft, wanted, edits);
        return edits;
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static void prices(PlanSheet draft, PlanSheet wanted, List<DraftEdit> edits) {
        Set<String> kept = new HashSet<>();
        for (PriceLine line : wanted.prices()) {
            Optional<PriceLine> there = draft.prices().stream().filter(other -> sameFor(other, line) && !kept.contains(other.id())).findFirst();
            there.ifPresent(other -> kept.add(other.id()));
            if (there.flatMap(PriceLine::price).filter(price -> Optional.of(price).equals(line.price())).isEmpty()) {
                edits.add(DraftEdit.price(line.named(there.map(PriceLine::id).orElse(""))));
            }
        }
        draft.prices().stream().map(PriceLine::id).filter(id -> !kept.contains(id)).forEach(id -> edits.add(DraftEdit.removePrice(id)));
    }

    private static boolean sameFor(PriceLine one, PriceLine other) {
        return one.interval() == other.interval() && text(one.currency()).equalsIgnoreCase(text(other.currency()));
    }

    private static void entitlements(PlanSheet draft, PlanSheet wanted, List<DraftEdit> edits) {
        Set<String> granted = new HashSet<>();
        for (EntitlementLine line : wanted.entitlements()) {
            EntitlementLine named = new EntitlementLine(
                    line.feature(), line.feature(), line.included(), line.policy(), line.softLimit(), line.graceDays(), line.gracePercent(), line.setting(), line.overage());
            granted.add(line.feature());
            if (!draft.entitlement(line.feature()).equals(Optional.of(named))) {
                edits.add(DraftEdit.entitlement(named));
            }
        }
        draft.entitlements().stream().map(EntitlementLine::id).filter(id -> !granted.contains(id)).forEach(id -> edits.add(DraftEdit.removeEntitlement(id)));
    }
}
