package dev.headroom.catalog;

import dev.headroom.pricing.ChargeModel;

/** The name of a charge model. */
enum ChargeModelKind {
    FLAT,
    PER_SEAT,
    VOLUME,
    GRADUATED,
    PACKAGED;

    static ChargeModelKind of(ChargeModel model) {
        return switch (model) {
            case ChargeModel.Flat _ -> FLAT;
            case ChargeModel.PerSeat _ -> PER_SEAT;
            case ChargeModel.Volume _ -> VOLUME;
            case ChargeModel.Graduated _ -> GRADUATED;
            case ChargeModel.Packaged _ -> PACKAGED;
        };
    }
}
