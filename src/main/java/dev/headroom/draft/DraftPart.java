package dev.headroom.draft;

import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.Visibility;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What two people can change without getting in each other's way: a field of the plan, a price, what is granted of a feature.
 *
 * @param line the id of the price or entitlement; empty for a field of the plan
 */
public record DraftPart(Kind kind, String line) {

    /** What a part may be, and the type of what stands in it. */
    public enum Kind {
        NAME("name", String.class),
        DESCRIPTION("description", String.class),
        RANK("rank", Integer.class),
        VISIBILITY("visibility", Visibility.class),
        PRICE("prices", PriceLine.class),
        ENTITLEMENT("entitlements", EntitlementLine.class);

        private final String path;
        private final Class<?> type;

        Kind(String path, Class<?> type) {
            this.path = path;
            this.type = type;
        }

        Class<?> type() {
            return type;
        }
    }

    static DraftPart of(Kind kind) {
        return new DraftPart(kind, "");
    }

    /** The reverse of {@link #path}. */
    static DraftPart parse(String path) {
        int bracket = path.indexOf('[');
        String name = bracket < 0 ? path : path.substring(0, bracket);
        Kind kind = Arrays.stream(Kind.values()).filter(each -> each.path.equals(name)).findFirst().orElseThrow();
        return new DraftPart(kind, bracket < 0 ? "" : path.substring(bracket + 1, path.length() - 1));
    }

    /** With what the paths of findings in it begin. */
    public String path() {
        return line.isEmpty() ? kind.path : kind.path + "[" + line + "]";
    }

    /** What stands in it; null where there is nothing. */
    @Nullable Object in(PlanSheet sheet) {
        return switch (kind) {
            case NAME -> sheet.name();
            case DESCRIPTION -> sheet.description();
            case RANK -> sheet.rank();
            case VISIBILITY -> sheet.visibility();
            case PRICE -> sheet.price(line).orElse(null);
            case ENTITLEMENT -> sheet.entitlement(line).orElse(null);
        };
    }

    /** The sheet with that in it; null takes out what stands there. */
    public PlanSheet put(PlanSheet sheet, @Nullable Object value) {
        return switch (kind) {
            case NAME -> sheet.withName((String) value);
            case DESCRIPTION -> sheet.withDescription((String) value);
            case RANK -> sheet.withRank((Integer) value);
            case VISIBILITY -> sheet.withVisibility(Objects.requireNonNullElse((Visibility) value, Visibility.PUBLIC));
            case PRICE -> sheet.withPrice(line, (PriceLine) value);
            case ENTITLEMENT -> sheet.withEntitlement(line, (EntitlementLine) value);
        };
    }
}
