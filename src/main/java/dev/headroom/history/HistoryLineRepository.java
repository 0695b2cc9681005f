package dev.headroom.history;

import static dev.headroom.history.jooq.Tables.LINE;
import static dev.headroom.history.jooq.Tables.PART;

import dev.headroom.history.HistoryLine.Read;
import dev.headroom.history.jooq.tables.records.LineRecord;
import dev.headroom.revenue.MovementKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Files as they came, and what their lines say. */
@Repository
class HistoryLineRepository {

    private final DSLContext db;

    HistoryLineRepository(DSLContext db) {
        this.db = db;
    }

    /** A piece that is there stays; false where it is another text. */
    boolean add(UUID run, int number, String text) {
        db.insertInto(PART).set(PART.RUN_ID, run).set(PART.NUMBER, number).set(PART.TEXT, text).onConflictDoNothing().execute();
        return db.fetchExists(PART, PART.RUN_ID.eq(run), PART.NUMBER.eq(number), PART.TEXT.eq(text));
    }

    Optional<String> part(UUID run, int number) {
        return db.select(PART.TEXT).from(PART).where(PART.RUN_ID.eq(run), PART.NUMBER.eq(number)).fetchOptional(PART.TEXT);
    }

    void deleteParts(UUID run) {
        db.deleteFrom(PART).where(PART.RUN_ID.eq(run)).execute();
    }

    void forget(UUID run) {
        db.deleteFrom(LINE).where(LINE.RUN_ID.eq(run)).execute();
    }

    /** What was said of an account. */
    void forget(UUID run, String account) {
        db.deleteFrom(LINE).where(LINE.RUN_ID.eq(run), LINE.ACCOUNT.eq(account)).execute();
    }

    void insert(UUID run, Collection<Read> lines) {
        db.batchInsert(lines.stream().map(each -> row(run, each)).toList()).execute();
    }

    private static LineRecord row(UUID run, Read read) {
        LineRecord row = new LineRecord();
        row.setRunId(run);
        row.setNumber(read.number());
        row.setAccount(read.account());
        row.setWrong(read.line() == null);
        HistoryLine line = read.line();
        if (line != null) {
            row.setName(line.name());
            row.setEmail(line.email());
            row.setCountry(line.country());
            row.setCurrency(line.currency());
            row.setStarts(line.from());
            row.setPlan(line.plan());
            row.setSubscription(line.subscription());
            row.setSeats(line.seats());
            row.setYear(line.year());
            row.setKind(line.kind() == null ? null : line.kind().name());
        }
        return row;
    }

    int accounts(UUID run) {
        return db.select(DSL.countDistinct(LINE.ACCOUNT)).from(LINE).where(LINE.RUN_ID.eq(run), LINE.ACCOUNT.ne("")).fetchSingle().value1();
    }

    /** Keys of the next accounts behind one. */
    List<String> accounts(UUID run, String after, int most) {
        return db.selectDistinct(LINE.ACCOUNT).from(LINE).where(LINE.RUN_ID.eq(run), LINE.ACCOUNT.gt(after)).orderBy(LINE.ACCOUNT).limit(most).fetch(LINE.ACCOUNT);
    }

    /** What a line says; absent where it is wrong. */
    record Told(int number, @Nullable HistoryLine line) {}

    /** By account, as they stand in the file. */
    Map<String, List<Told>> of(UUID run, Collection<String> accounts) {
        return db.selectFrom(LINE).where(LINE.RUN_ID.eq(run), LINE.ACCOUNT.in(accounts)).orderBy(LINE.NUMBER).fetchGroups(LINE.ACCOUNT, HistoryLineRepository::told);
    }

    private static Told told(LineRecord row) {
        return new Told(row.getNumber(), row.getWrong() ? null : new HistoryLine(
                row.getNumber(), row.getAccount(), row.getName(), row.getEmail(), row.getCountry(), row.getCurrency(), row.getStarts(), row.getPlan(), row.getSubscription(),
                row.getSeats(), row.getYear().stripTrailingZeros(), row.getKind() == null ? null : MovementKind.valueOf(row.getKind())));
    }
}
