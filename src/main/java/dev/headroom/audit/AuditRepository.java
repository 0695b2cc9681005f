package dev.headroom.audit;

import static dev.headroom.audit.jooq.Tables.ENTRY;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.headroom.audit.AuditEntry.Thing;
import dev.headroom.id.Ids;
import dev.headroom.occasion.Origin;
import dev.headroom.postgres.Writes;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record1;
import org.jooq.Records;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class AuditRepository {

    /** As the index has it, or the index is of no use. */
    private static final String WORDS =
            "to_tsvector('simple', coalesce({0} ->> 'key', {1} ->> 'key', '') || ' ' || coalesce({0} ->> 'name', {1} ->> 'name', '') || ' ' || coalesce({2}, '')) @@ to_tsquery('simple', {3})";

    private final DSLContext db;
    private final Writes writes;

    AuditRepository(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /** With the commit. */
    void insert(AuditEntry entry) {
        writes.beforeCommit(db.insertInto(ENTRY)
                .set(ENTRY.ID, entry.id())
                .set(ENTRY.ACCOUNT_ID, entry.account())
                .set(ENTRY.AT, entry.at())
                .set(ENTRY.ACTOR, entry.actor())
                .set(ENTRY.OPERATION, entry.operation())
                .set(ENTRY.SUBJECT, entry.subject())
                .set(ENTRY.SUBJECT_ID, entry.subjectId())
                .set(ENTRY.PART_OF, entry.partOf() == null ? null : entry.partOf().subject())
                .set(ENTRY.PART_OF_ID, entry.partOf() == null ? null : entry.partOf().id())
                .set(ENTRY.BEFORE, JSONB.jsonbOrNull(entry.before()))
                .set(ENTRY.AFTER, JSONB.jsonbOrNull(entry.after()))
                .set(ENTRY.ORIGIN, entry.origin().name())
                .set(ENTRY.REASON, entry.reason())
                .set(ENTRY.CORRELATION_ID, entry.correlation()));
    }

    List<AuditEntry> ofAccount(UUID account, int most) {
        return entries(ENTRY.ACCOUNT_ID.eq(account), most);
    }

    List<AuditEntry> ofSubjects(UUID account, Collection<String> subjects, int most) {
        return entries(ENTRY.ACCOUNT_ID.eq(account).and(ENTRY.SUBJECT_ID.in(subjects)), most);
    }

    /** Newest first. */
    List<AuditEntry> page(AuditFilter filter, AuditEntries.@Nullable Mark after, int size) {
        Condition which = matches(filter).and(after == null ? noCondition() : row(ENTRY.AT, ENTRY.ID).lt(after.at(), after.id()));
        return entries(filter.subjectId() == null ? which : about(filter, filter.subjectId(), which, size), size);
    }

    /** What was done to a thing and what was to its parts, each the newest by an index of its own: as many rows as are asked for, however many there are. */
    private static Condition about(AuditFilter filter, String thing, Condition which, int most) {
        Condition itself = ENTRY.SUBJECT_ID.eq(thing).and(named(filter.subject(), ENTRY.SUBJECT::eq));
        Condition parts = ENTRY.PART_OF_ID.eq(thing).and(named(filter.subject(), ENTRY.PART_OF::eq));
        return ENTRY.ID.in(newest(which.and(itself), most).unionAll(newest(which.and(parts), most)));
    }

    private static Select<Record1<UUID>> newest(Condition which, int most) {
        return select(ENTRY.ID).from(ENTRY).where(which).orderBy(ENTRY.AT.desc(), ENTRY.ID.desc()).limit(most);
    }

    Optional<AuditEntry> byId(UUID id) {
        return entries(ENTRY.ID.eq(id), 1).stream().findFirst();
    }

    /** Those between two, each found by stepping over all entries of the one before: as many steps as there are, however many entries they have. */
    List<String> actors(String from, String until, int most) {
        return db.fetch("""
                with recursive walk (actor) as (
                    (select actor from audit.entry where actor >= {0} and actor < {1} order by actor limit 1)
                    union all
                    select (select e.actor from audit.entry e where e.actor > walk.actor and e.actor < {1} order by e.actor limit 1) from walk where walk.actor is not null
                )
                select actor from walk where actor is not null limit {2}""", val(from), val(until), val(most)).getValues(0, String.class);
    }

    private List<AuditEntry> entries(Condition which, int most) {
        return db.select(
                        ENTRY.ID, ENTRY.ACCOUNT_ID, ENTRY.AT, ENTRY.ACTOR, ENTRY.OPERATION, ENTRY.SUBJECT, ENTRY.SUBJECT_ID, partOf(),
                        text(ENTRY.BEFORE), text(ENTRY.AFTER), ENTRY.ORIGIN.convertFrom(Origin::valueOf), ENTRY.REASON, ENTRY.CORRELATION_ID)
                .from(ENTRY)
                .where(which)
                .orderBy(ENTRY.AT.desc(), ENTRY.ID.desc())
                .limit(most)
                .fetch(Records.mapping(AuditEntry::new));
    }

    private static Condition matches(AuditFilter filter) {
        return named(filter.actor(), ENTRY.ACTOR::eq)
                .and(named(filter.operation(), ENTRY.OPERATION::eq))
                .and(filter.subjectId() == null ? named(filter.subject(), ENTRY.SUBJECT::eq) : noCondition())
                .and(named(filter.account(), ENTRY.ACCOUNT_ID::eq))
                .and(named(filter.origin(), origin -> ENTRY.ORIGIN.eq(origin.name())))
                .and(named(filter.correlation(), ENTRY.CORRELATION_ID::eq))
                .and(named(filter.from(), ENTRY.AT::ge))
                .and(named(filter.until(), ENTRY.AT::lt))
                .and(named(filter.text(), AuditRepository::says));
    }

    private static <T> Condition named(@Nullable T value, Function<T, Condition> condition) {
        return value == null ? noCondition() : condition.apply(value);
    }

    /** An id is looked for as one; of anything else, every word as the beginning of one. */
    private static Condition says(String text) {
        return Ids.parse(text.strip())
                .map(id -> ENTRY.SUBJECT_ID.eq(id.toString()).or(ENTRY.PART_OF_ID.eq(id.toString())).or(ENTRY.CORRELATION_ID.eq(id)))
                .orElseGet(() -> condition(WORDS, ENTRY.AFTER, ENTRY.BEFORE, ENTRY.REASON, val(beginnings(text))));
    }

    /** Each word in quotes, within which a quote or a backslash would be one of the query's own; what has no letter in it matches nothing. */
    private static String beginnings(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .map(word -> "'" + word.replaceAll("['\\\\]", " ") + "':*")
                .collect(Collectors.joining(" & "));
    }

    private static SelectField<@Nullable Thing> partOf() {
        return row(ENTRY.PART_OF, ENTRY.PART_OF_ID).mapping((subject, id) -> subject == null ? null : new Thing(subject, id));
    }

    /** Either side may be absent, and a converter is asked about nulls too. */
    private static Field<String> text(Field<JSONB> json) {
        return json.convertFrom(value -> Optional.ofNullable(value).map(JSONB::data).orElse(null));
    }
}
