package dev.headroom.draft;

import dev.headroom.draft.DraftPart.Kind;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * Puts something into one part of a draft, or takes what is there out of it.
 *
 * @param value absent takes it out
 */
public record DraftEdit(DraftPart part, @Nullable Object value) {

    public static DraftEdit name(@Nullable String name) {
        return new DraftEdit(DraftPart.of(Kind.NAME), name);
    }

    public static DraftEdit description(@Nullable String description) {
        return new DraftEdit(DraftPart.of(Kind.DESCRIPTION), description);
    }

    public static DraftEdit rank(@Nullable Integer rank) {
        return new DraftEdit(DraftPart.of(Kind.RANK), rank);
    }

    /** Absent is PUBLIC. */
    public static DraftEdit visibility(@Nullable Visibility visibility) {
        return new DraftEdit(DraftPart.of(Kind.VISIBILITY), visibility == null ? Visibility.PUBLIC : visibility);
    }

    /** A line without an id is a new one, and is given one. */
    public static DraftEdit price(PriceLine line) {
        return new DraftEdit(new DraftPart(Kind.PRICE, line.id()), line);
    }

    public static DraftEdit removePrice(String id) {
        return new DraftEdit(new DraftPart(Kind.PRICE, id), null);
    }

    /** In the place of what was granted of the feature. */
    public static DraftEdit entitlement(EntitlementLine line) {
        return new DraftEdit(new DraftPart(Kind.ENTITLEMENT, line.id()), line);
    }

    public static DraftEdit removeEntitlement(String feature) {
        return new DraftEdit(new DraftPart(Kind.ENTITLEMENT, feature), null);
    }
}
