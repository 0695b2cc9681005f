package dev.headroom.usage;

import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.times;
import static dev.headroom.usage.Columns.uuids;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class SeenRepository {

    private static final String SEE = """
            insert into {6} as s (account_id, feature_id, period_from, value, first_at, last_at)
            select account_id, feature_id, timestamptz 'epoch' + period_from * interval '1 microsecond', value,
              timestamptz 'epoch' + first_at * interval '1 microsecond', timestamptz 'epoch' + last_at * interval '1 microsecond'
            from unnest({0}, {1}, {2}, {3}, {4}, {5}) with ordinality as t (account_id, feature_id, period_from, value, first_at, last_at, n)
            order by n
            on conflict (account_id, feature_id, period_from, value) do update
            set first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at)
            returning s.account_id, s.feature_id, s.period_from, s.value, old.first_at as before, new.first_at as after""";

    private final DSLContext db;

    SeenRepository(DSLContext db) {
        this.db = db;
    }

    /** A value of a window, and when it was seen first and last by somebody. */
    record Sight(UUID account, UUID feature, Instant from, String value, Instant firstAt, Instant lastAt) {}

    /**
     * What became of a sight.
     *
     * @param before when the value had first been seen; absent for a new one
     */
    record Seen(UUID account, UUID feature, Instant from, String value, @Nullable Instant before, Instant after) {

        boolean isNew() {
            return before == null;
        }
    }

    /**
     * @param books  in which of them
     * @param sorted no value of a window twice
     */
    List<Seen> see(Books books, List<Sight> sorted) {
        return db.resultQuery(SEE,
                        val(uuids(sorted, Sight::account)), val(uuids(sorted, Sight::feature)),
                        val(times(sorted, Sight::from)), val(texts(sorted, Sight::value)),
                        val(times(sorted, Sight::firstAt)), val(times(sorted, Sight::lastAt)), DSL.sql(books.seen()))
                .fetch(row -> new Seen(
                        row.get("account_id", UUID.class), row.get("feature_id", UUID.class), row.get("period_from", Instant.class),
                        row.get("value", String.class), Optional.ofNullable(row.get("before", Instant.class)).orElse(null),
                        row.get("after", Instant.class)));
    }
}
