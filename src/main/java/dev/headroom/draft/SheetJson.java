package dev.headroom.draft;

import dev.headroom.sheet.PlanSheet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sheets, and what stands in their parts, as they are stored. */
final class SheetJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SheetJson() {}

    static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    static PlanSheet sheet(String stored) {
        return JSON.readValue(stored, PlanSheet.class);
    }

    static Object part(DraftPart part, String stored) {
        return JSON.readValue(stored, part.kind().type());
    }

    /** Maps, lists, texts and numbers, for whoever knows no types. */
    static @Nullable Object plain(@Nullable Object value) {
        return value == null ? null : JSON.convertValue(value, Object.class);
    }
}
