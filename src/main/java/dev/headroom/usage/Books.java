package dev.headroom.usage;

/** Where totals and values are written down. */
enum Books {
    /** What everybody reads. */
    KEPT("usage.counter", "usage.seen"),
    /** What the events alone say, written by counting them again: of one account, until the transaction ends. */
    REPLAYED("pg_temp.replayed_counter", "pg_temp.replayed_seen");

    private final String counters;
    private final String seen;

    Books(String counters, String seen) {
        this.counters = counters;
        this.seen = seen;
    }

    String counters() {
        return counters;
    }

    String seen() {
        return seen;
    }
}
