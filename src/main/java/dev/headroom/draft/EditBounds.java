package dev.headroom.draft;

import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.PackageLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much of what is wrong is kept: a draft holds whatever somebody types, and not whatever a program sends. */
final class EditBounds {

    private static final int MOST_EDITS = 100;
    private static final int MOST_PRICES = 100;
    private static final int MOST_ENTITLEMENTS = 500;
    private static final int MOST_TIERS = 100;
    private static final int LONGEST_TEXT = 10_000;

    private EditBounds() {}

    static void check(List<DraftEdit> edits) {
        Check.between("input.edits (how many)", edits.size(), 1, MOST_EDITS);
        for (int i = 0; i < edits.size(); i++) {
            check("input.edits[" + i + "]", edits.get(i));
        }
    }

    private static void check(String path, DraftEdit edit) {
        switch (edit.value()) {
            case null -> { }
            case String text -> text(path, text);
            case PriceLine line -> check(path + ".price", line);
            case EntitlementLine line -> check(path + ".entitlement", line);
            case Integer _ -> { }
            case Visibility _ -> { }
            case Object other -> throw new IllegalArgumentException("Nothing is put into a draft that is a " + other.getClass());
        }
        if (edit.part().kind() == DraftPart.Kind.ENTITLEMENT) {
            Check.key(path + ".entitlement.feature", edit.part().line());
        }
    }

    private static void check(String path, PriceLine line) {
        tiers(path + ".volume", line.volume());
        tiers(path + ".graduated", line.graduated());
        text(path + ".currency", line.currency());
        text(path + ".perSeat", line.perSeat());
        text(path + ".packaged.each", Optional.ofNullable(line.packaged()).map(PackageLine::each).orElse(null));
    }

    private static void tiers(String path, @Nullable List<TierLine> tiers) {
        List<TierLine> given = Optional.ofNullable(tiers).orElse(List.of());
        Check.between(path + " (how many)", given.size(), 0, MOST_TIERS);
        given.forEach(tier -> text(path, tier.unit()));
    }

    private static void check(String path, EntitlementLine line) {
        Check.between(path + ".overage (how many)", line.overage().size(), 0, MOST_TIERS);
        text(path + ".setting", line.setting());
        line.overage().stream().flatMap(EditBounds::texts).forEach(each -> text(path + ".overage", each));
    }

    private static Stream<String> texts(OverageLine line) {
        return Stream.concat(Stream.ofNullable(line.currency()), Stream.ofNullable(line.unitMinor()));
    }

    private static void text(String path, @Nullable String text) {
        if (text != null && (text.length() > LONGEST_TEXT || !Check.storable(text))) {
            throw HeadroomException.invalid(path, "Expected at most " + LONGEST_TEXT + " characters, none of them NUL");
        }
    }

    static void check(PlanSheet sheet) {
        Check.between("input.edits (how many prices there would be)", sheet.prices().size(), 0, MOST_PRICES);
        Check.between("input.edits (how many entitlements there would be)", sheet.entitlements().size(), 0, MOST_ENTITLEMENTS);
    }
}
