package dev.headroom.catalog;

/** How a feature is limited. */
public enum FeatureKind {
    /** On or off. */
    GATE,
    /** A held quantity, such as seats or storage. */
    ALLOWANCE,
    /** A consumed quantity that starts again from zero. */
    METER,
    /** A value, such as a support tier. */
    SETTING
}
