package dev.headroom.overage;

import static dev.headroom.overage.jooq.Tables.TALLY;
import static dev.headroom.overage.jooq.Tables.USAGE_WINDOW;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.overage.UsageWindow.Key;
import dev.headroom.overage.UsageWindow.PricedLimit;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class WindowRepository {

    private final DSLContext db;

    WindowRepository(DSLContext db) {
        this.db = db;
    }

    Map<Key, UsageWindow> byKeys(Collection<Key> keys) {
        return db.selectFrom(USAGE_WINDOW)
                .where(row(USAGE_WINDOW.ACCOUNT_ID, USAGE_WINDOW.FEATURE_ID, USAGE_WINDOW.WINDOW_FROM)
                        .in(keys.stream().map(key -> row(key.account().value(), key.feature().value(), key.from())).toList()))
                .fetch(WindowRepository::window).stream().collect(toMap(UsageWindow::key, window -> window));
    }

    /** The same of one, which nobody else changes until the transaction ends. */
    UsageWindow locked(UsageWindow unseen) {
        db.insertInto(USAGE_WINDOW)
                .set(USAGE_WINDOW.ACCOUNT_ID, unseen.account().value())
                .set(USAGE_WINDOW.FEATURE_ID, unseen.feature().value())
                .set(USAGE_WINDOW.WINDOW_FROM, unseen.window().from())
                .set(USAGE_WINDOW.WINDOW_UNTIL, unseen.window().until())
                // Told apart from one in which somebody has looked, and found nothing used.
                .set(USAGE_WINDOW.SEEN, -1L)
                .set(USAGE_WINDOW.TOP, 0L)
                .set(USAGE_WINDOW.CHARGED, 0L)
                .set(USAGE_WINDOW.REVISION, 0L)
                .onConflictDoNothing()
                .execute();
        return db.selectFrom(USAGE_WINDOW).where(is(unseen.key())).forUpdate().fetchSingle(WindowRepository::window);
    }

    void store(UsageWindow window) {
        db.update(USAGE_WINDOW)
                .set(USAGE_WINDOW.WINDOW_UNTIL, window.window().until())
                .set(USAGE_WINDOW.SEEN, window.seen())
                .set(USAGE_WINDOW.INCLUDED, window.terms() == null ? null : window.terms().included())
                .set(USAGE_WINDOW.PRICE_ID, window.terms() == null ? null : window.terms().price())
                .set(USAGE_WINDOW.TOP, window.top())
                .set(USAGE_WINDOW.CHARGED, window.charged())
                .set(USAGE_WINDOW.REVISION, window.revision())
                .where(is(window.key()))
                .execute();
    }

    void charge(Key key, UUID price, long units, Instant at) {
        db.insertInto(TALLY)
                .set(TALLY.ACCOUNT_ID, key.account().value())
                .set(TALLY.FEATURE_ID, key.feature().value())
                .set(TALLY.WINDOW_FROM, key.from())
                .set(TALLY.PRICE_ID, price)
                .set(TALLY.COUNTED, units)
                .set(TALLY.REPORTED, 0L)
                .set(TALLY.COUNTED_AT, at)
                .onConflict(TALLY.ACCOUNT_ID, TALLY.FEATURE_ID, TALLY.WINDOW_FROM, TALLY.PRICE_ID)
                .doUpdate()
                .set(TALLY.COUNTED, TALLY.COUNTED.plus(units))
                .set(TALLY.COUNTED_AT, at)
                .execute();
    }

    /** Takes units back, those first that were charged for last. */
    void takeBack(Key key, long units) {
        long left = units;
        List<Record> newest = List.copyOf(db.select(TALLY.PRICE_ID, TALLY.COUNTED).from(TALLY)
                .where(TALLY.ACCOUNT_ID.eq(key.account().value()), TALLY.FEATURE_ID.eq(key.feature().value()), TALLY.WINDOW_FROM.eq(key.from()))
                .orderBy(TALLY.COUNTED_AT.desc(), TALLY.PRICE_ID).forUpdate().fetch());
        for (Record tally : newest) {
            long part = Math.min(left, tally.get(TALLY.COUNTED));
            left -= part;
            db.update(TALLY).set(TALLY.COUNTED, TALLY.COUNTED.minus(part))
                    .where(TALLY.ACCOUNT_ID.eq(key.account().value()), TALLY.FEATURE_ID.eq(key.feature().value()), TALLY.WINDOW_FROM.eq(key.from()),
                            TALLY.PRICE_ID.eq(tally.get(TALLY.PRICE_ID)))
                    .execute();
        }
    }

    private static Condition is(Key key) {
        return USAGE_WINDOW.ACCOUNT_ID.eq(key.account().value()).and(USAGE_WINDOW.FEATURE_ID.eq(key.feature().value()))
                .and(USAGE_WINDOW.WINDOW_FROM.eq(key.from()));
    }

    private static UsageWindow window(Record row) {
        long seen = row.get(USAGE_WINDOW.SEEN);
        @Nullable PricedLimit terms = Optional.ofNullable(row.get(USAGE_WINDOW.INCLUDED))
                .map(included -> new PricedLimit(included, row.get(USAGE_WINDOW.PRICE_ID))).orElse(null);
        return new UsageWindow(
                new AccountId(row.get(USAGE_WINDOW.ACCOUNT_ID)), new FeatureId(row.get(USAGE_WINDOW.FEATURE_ID)),
                new Period(row.get(USAGE_WINDOW.WINDOW_FROM), row.get(USAGE_WINDOW.WINDOW_UNTIL)), Math.max(0, seen), terms,
                row.get(USAGE_WINDOW.TOP), row.get(USAGE_WINDOW.CHARGED), row.get(USAGE_WINDOW.REVISION), seen < 0);
    }
}
