package dev.headroom.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Rows on their way to the database, column by column: a statement with a thousand rows has a handful of parameters that way. Times are
 * microseconds since 1970.
 */
final class Columns {

    private Columns() {}

    static <T> UUID[] uuids(List<T> rows, Function<T, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    static <T> Long[] longs(List<T> rows, Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    static <T> Long[] times(List<T> rows, Function<T, Instant> column) {
        return rows.stream().map(row -> micros(column.apply(row))).toArray(Long[]::new);
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
