package dev.headroom.impact;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.pricing.ChargeModel;
import tools.jackson.databind.json.JsonMapper;

/** A version that nobody else keeps, whole, for as long as its run is remembered. */
final class VersionJson {

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

    private VersionJson() {}

    static String write(PlanVersion version) {
        return JSON.writeValueAsString(version);
    }

    static PlanVersion read(String stored) {
        return JSON.readValue(stored, PlanVersion.class);
    }
}
