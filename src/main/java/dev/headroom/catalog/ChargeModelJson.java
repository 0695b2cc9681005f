package dev.headroom.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.headroom.pricing.ChargeModel;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/** Charge models as they are stored, alone or with their version: {@code {"kind": "PER_SEAT", "seat": {"minor": 2900, "currency": "USD"}}}. */
final class ChargeModelJson {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ChargeModel.Flat.class, name = "FLAT"),
        @JsonSubTypes.Type(value = ChargeModel.PerSeat.class, name = "PER_SEAT"),
        @JsonSubTypes.Type(value = ChargeModel.Volume.class, name = "VOLUME"),
        @JsonSubTypes.Type(value = ChargeModel.Graduated.class, name = "GRADUATED"),
        @JsonSubTypes.Type(value = ChargeModel.Packaged.class, name = "PACKAGED")
    })
    private interface Kinds {}

    private static final JsonMapper JSON = JsonMapper.builder().addMixIn(ChargeModel.class, Kinds.class).build();

    private ChargeModelJson() {}

    static JSONB write(ChargeModel model) {
        return JSONB.valueOf(JSON.writerFor(ChargeModel.class).writeValueAsString(model));
    }

    static ChargeModel read(JSONB json) {
        return JSON.readValue(json.data(), ChargeModel.class);
    }

    static String write(PlanVersion version) {
        return JSON.writeValueAsString(version);
    }

    static PlanVersion version(String written) {
        return JSON.readValue(written, PlanVersion.class);
    }
}
