package dev.headroom.forecast;

/** Units that are expected, and between which four outcomes in five lie. */
record Band(double low, double expected, double high) {

    /** Standard deviations of a normal distribution that hold four fifths of it. */
    static final double FOUR_IN_FIVE = 1.2816;

    static Band exactly(double units) {
        return new Band(units, units, units);
    }
}
