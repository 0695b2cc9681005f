package dev.headroom.demo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan as the made-up customers see it: what it costs in dollars a month, how many people and how much use it is good for. */
enum Offering {
    STARTER("launchpad", "launchpad-starter", 99, 10, "launches", 5),
    PRO("launchpad", "launchpad-pro", 299, 25, "launches", 16),
    ENTERPRISE("launchpad", "launchpad-enterprise", 899, 60, "launches", 34),
    TEAM("enablement", "enablement-team", 0, 0, null, 0),
    BASIC("launch-api", "launch-api-basic", 199, 0, "api-calls", 10_000),
    GROWTH("launch-api", "launch-api-growth", 399, 0, "api-calls", 25_000),
    SCALE("launch-api", "launch-api-scale", 999, 0, "api-calls", 100_000);

    private static final double SEAT_BEYOND = 17.98;

    private final String product;
    private final String plan;
    private final double fee;
    private final int people;
    private final @Nullable String meter;
    private final int use;

    /** @param use a month, where use is not limited that of a busy customer */
    Offering(String product, String plan, double fee, int people, @Nullable String meter, int use) {
        this.product = product;
        this.plan = plan;
        this.fee = fee;
        this.people = people;
        this.meter = meter;
        this.use = use;
    }

    String product() {
        return product;
    }

    String plan() {
        return plan;
    }

    /** Whether customers say how many seats they want. */
    boolean soldBySeat() {
        return this == TEAM;
    }

    Optional<String> meter() {
        return Optional.ofNullable(meter);
    }

    int use() {
        return use;
    }

    /** How many people work with it at most. */
    int people(long seats) {
        return soldBySeat() ? (int) seats : people;
    }

    double monthly(long seats) {
        if (!soldBySeat()) {
            return fee;
        }
        return seats <= 10 ? 299 : seats <= 25 ? 499 : seats <= 50 ? 899 : seats * SEAT_BEYOND;
    }

    Optional<Offering> next() {
        return switch (this) {
            case STARTER -> Optional.of(PRO);
            case PRO -> Optional.of(ENTERPRISE);
            case BASIC -> Optional.of(GROWTH);
            case GROWTH -> Optional.of(SCALE);
            case ENTERPRISE, TEAM, SCALE -> Optional.empty();
        };
    }

    Optional<Offering> previous() {
        return switch (this) {
            case PRO -> Optional.of(STARTER);
            case ENTERPRISE -> Optional.of(PRO);
            case GROWTH -> Optional.of(BASIC);
            case SCALE -> Optional.of(GROWTH);
            case STARTER, TEAM, BASIC -> Optional.empty();
        };
    }
}
