package dev.headroom.usage;

import static dev.headroom.usage.Columns.longs;
import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.uuids;
import static dev.headroom.usage.jooq.Tables.INTAKE;
import static java.util.stream.Collectors.groupingBy;
import static org.jooq.impl.DSL.val;

import dev.headroom.usage.Intakes.Key;
import dev.headroom.usage.Intakes.Kind;
import dev.headroom.usage.UsageHistories.IntakeDay;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.springframework.stereotype.Repository;

@Repository
class IntakeRepository {

    private static final String ADD = """
            insert into usage.intake as i (account_id, day, kind, field, events)
            select account_id, day::date, kind, field, events from unnest({0}, {1}, {2}, {3}, {4}) as t (account_id, day, kind, field, events)
            on conflict (account_id, day, kind, field) do update set events = i.events + excluded.events""";

    private final DSLContext db;

    IntakeRepository(DSLContext db) {
        this.db = db;
    }

    /** In one order, so that no two nodes wait for each other. */
    void add(Map<Key, Long> counts) {
        List<Key> sorted = counts.keySet().stream().sorted(Key.ORDER).toList();
        db.execute(ADD,
                val(uuids(sorted, Key::account)), val(texts(sorted, key -> key.day().toString())), val(texts(sorted, key -> key.kind().name())),
                val(texts(sorted, Key::field)), val(longs(sorted, counts::get)));
    }

    /** Newest first; days on which nothing came are not there. */
    List<IntakeDay> days(UUID account, LocalDate from, LocalDate until) {
        return new TreeMap<>(db.select(INTAKE.DAY, INTAKE.KIND, INTAKE.FIELD, INTAKE.EVENTS)
                .from(INTAKE)
                .where(INTAKE.ACCOUNT_ID.eq(account), INTAKE.DAY.ge(from), INTAKE.DAY.lt(until))
                .fetch()
                .stream()
                .collect(groupingBy(Record4::value1)))
                .descendingMap()
                .entrySet()
                .stream()
                .map(day -> day(day.getKey(), day.getValue()))
                .toList();
    }

    private static IntakeDay day(LocalDate day, List<Record4<LocalDate, String, String, Long>> rows) {
        Map<String, Long> rejected = new TreeMap<>();
        rows.stream().filter(row -> Kind.valueOf(row.value2()) == Kind.REJECTED).forEach(row -> rejected.put(row.value3(), row.value4()));
        return new IntakeDay(day, events(rows, Kind.RECORDED), events(rows, Kind.LATE), events(rows, Kind.MOVED), events(rows, Kind.DUPLICATE), rejected);
    }

    private static long events(List<Record4<LocalDate, String, String, Long>> rows, Kind kind) {
        return rows.stream().filter(row -> Kind.valueOf(row.value2()) == kind).mapToLong(Record4::value4).sum();
    }

    void forget(LocalDate before) {
        db.deleteFrom(INTAKE).where(INTAKE.DAY.lt(before)).execute();
    }
}
