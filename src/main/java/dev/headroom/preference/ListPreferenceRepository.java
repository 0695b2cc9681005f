package dev.headroom.preference;

import static dev.headroom.preference.jooq.Tables.LIST_COLUMNS;
import static dev.headroom.preference.jooq.Tables.SAVED_FILTER;

import dev.headroom.preference.ListPreferences.Columns;
import dev.headroom.preference.ListPreferences.SavedFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.springframework.stereotype.Repository;

@Repository
class ListPreferenceRepository {

    private final DSLContext db;

    ListPreferenceRepository(DSLContext db) {
        this.db = db;
    }

    List<SavedFilter> filters(UUID user, String list) {
        return db.select(SAVED_FILTER.NAME, SAVED_FILTER.QUERY).from(SAVED_FILTER).where(filtersOf(user, list)).orderBy(SAVED_FILTER.NAME)
                .fetch(Records.mapping(SavedFilter::new));
    }

    void save(UUID user, String list, SavedFilter filter) {
        db.insertInto(SAVED_FILTER)
                .set(SAVED_FILTER.USER_ID, user)
                .set(SAVED_FILTER.LIST, list)
                .set(SAVED_FILTER.NAME, filter.name())
                .set(SAVED_FILTER.QUERY, filter.query())
                .onDuplicateKeyUpdate()
                .set(SAVED_FILTER.QUERY, filter.query())
                .execute();
    }

    void delete(UUID user, String list, String name) {
        db.deleteFrom(SAVED_FILTER).where(filtersOf(user, list)).and(SAVED_FILTER.NAME.eq(name)).execute();
    }

    private static Condition filtersOf(UUID user, String list) {
        return SAVED_FILTER.USER_ID.eq(user).and(SAVED_FILTER.LIST.eq(list));
    }

    Optional<Columns> columns(UUID user, String list) {
        return db.select(LIST_COLUMNS.PLACED, LIST_COLUMNS.HIDDEN).from(LIST_COLUMNS).where(LIST_COLUMNS.USER_ID.eq(user)).and(LIST_COLUMNS.LIST.eq(list))
                .fetchOptional(row -> new Columns(List.of(row.value1()), Set.of(row.value2())));
    }

    void arrange(UUID user, String list, Columns columns) {
        String[] placed = columns.placed().toArray(String[]::new);
        String[] hidden = columns.hidden().toArray(String[]::new);
        db.insertInto(LIST_COLUMNS)
                .set(LIST_COLUMNS.USER_ID, user)
                .set(LIST_COLUMNS.LIST, list)
                .set(LIST_COLUMNS.PLACED, placed)
                .set(LIST_COLUMNS.HIDDEN, hidden)
                .onDuplicateKeyUpdate()
                .set(LIST_COLUMNS.PLACED, placed)
                .set(LIST_COLUMNS.HIDDEN, hidden)
                .execute();
    }

    void forget(UUID user) {
        db.deleteFrom(SAVED_FILTER).where(SAVED_FILTER.USER_ID.eq(user)).execute();
        db.deleteFrom(LIST_COLUMNS).where(LIST_COLUMNS.USER_ID.eq(user)).execute();
    }
}
