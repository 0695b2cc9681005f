package dev.headroom.sandbox;

import static dev.headroom.sandbox.jooq.Tables.DOCUMENT;

import dev.headroom.sandbox.jooq.tables.Document;
import dev.headroom.sandbox.jooq.tables.records.DocumentRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertResultStep;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes Stripe objects, within the transaction that its context belongs to. One request changes the same few objects again and
 * again, so what is changed waits here until {@link #write()}; who looks for objects meanwhile finds them as they will be.
 */
final class DocumentRepository {

    private static final List<SortField<?>> NEWEST_FIRST = List.of(DOCUMENT.CREATED.desc(), DOCUMENT.SEQUENCE.desc());
    private static final List<SortField<?>> OLDEST_FIRST = List.of(DOCUMENT.CREATED.asc(), DOCUMENT.SEQUENCE.asc());

    private static final List<Field<?>> CHANGING = List.of(DOCUMENT.CUSTOMER, DOCUMENT.DUE_AT, DOCUMENT.CLOCK, DOCUMENT.TERMS, DOCUMENT.BODY);
    private static final Map<Field<?>, Field<?>> CHANGED = CHANGING.stream().collect(Collectors.toMap(Function.identity(), DSL::excluded));
    private static final List<Field<?>> COLUMNS =
            Stream.concat(Stream.of(DOCUMENT.KIND, DOCUMENT.ID, DOCUMENT.CREATED), CHANGING.stream()).toList();

    private static final List<String> RUNNING = List.of(Kind.term("ended", "false"));
    private static final List<String> WAITING = List.of(Kind.term("pending", "true"));
    private static final List<String> ENABLED = List.of(Kind.term("status", "enabled"));
    /** What is listed of what is found so. */
    private static final Map<Kind, List<String>> LISTED = Map.of(Kind.INVOICE_ITEM, WAITING, Kind.TAX_ID, List.of(), Kind.WEBHOOK_ENDPOINT, ENABLED);
    private static final List<String> ASKED_OF_CUSTOMERS =
            Stream.of(Kind.CUSTOMER, Kind.SUBSCRIPTION, Kind.PAYMENT_METHOD, Kind.TAX_ID, Kind.INVOICE_ITEM, Kind.INVOICE).map(Kind::object).toList();

    private final DSLContext jooq;
    private final Runnable aboutToWrite;
    private final Map<String, Unwritten> unwritten = new LinkedHashMap<>();
    /** What was listed already, until something is written or somebody else may have. */
    private final Map<List<Object>, List<Placed>> listed = new HashMap<>();
    /** What was read ahead of being asked for, as long. */
    private final Map<Reference, Optional<ObjectNode>> foreseen = new HashMap<>();

    /** Which object. */
    record Reference(Kind kind, String id) {}

    /** @param created null for a document that is stored already */
    private record Unwritten(Kind kind, ObjectNode document, @Nullable Instant created) {

        @Nullable String customer() {
            return Json.text(document, kind == Kind.CUSTOMER ? "id" : "customer");
        }

        boolean matches(Kind wanted, @Nullable String customer, List<String> terms) {
            return kind == wanted && (customer == null || customer.equals(customer())) && List.of(kind.terms(document)).containsAll(terms);
        }
    }

    /** A document at its place among others. */
    private record Placed(String id, Instant created, ObjectNode document) {}

    DocumentRepository(DSLContext jooq, Runnable aboutToWrite) {
        this.jooq = jooq;
        this.aboutToWrite = aboutToWrite;
    }

    Optional<ObjectNode> find(Kind kind, String id) {
        Unwritten known = unwritten.get(kind + id);
        if (known != null) {
            return Optional.of(known.document().deepCopy());
        }
        Optional<ObjectNode> ahead = foreseen.get(new Reference(kind, id));
        return ahead != null
                ? ahead.map(ObjectNode::deepCopy)
                : jooq.select(DOCUMENT.BODY).from(DOCUMENT).where(isThe(kind, id)).fetchOptional(DocumentRepository::body);
    }

    /** Reads at once what will be asked for one by one. */
    void foresee(Set<Reference> wanted) {
        List<Reference> unknown = wanted.stream().filter(each -> !foreseen.containsKey(each)).toList();
        if (unknown.size() > 1) {
            unknown.forEach(each -> foreseen.put(each, Optional.empty()));
            jooq.select(DOCUMENT.KIND, DOCUMENT.ID, DOCUMENT.BODY).from(DOCUMENT)
                    .where(DSL.row(DOCUMENT.KIND, DOCUMENT.ID).in(unknown.stream().map(each -> DSL.row(each.kind().object(), each.id())).toList()))
                    .forEach(row -> foreseen.put(new Reference(Kind.named(row.value1()), row.value2()), Optional.of(body(row))));
        }
    }

    /**
     * What reads at once what most requests ask of an object's customer: itself, what it has subscribed to and pays with, its numbers at tax offices, what waits
     * for its next invoice; and who is told of what they do. Whoever asks carries it out, once everything is written.
     */
    ResultQuery<?> ofCustomerOf(Kind kind, String id, Instant now) {
        Condition due = DOCUMENT.DUE_AT.le(now);
        Document owned = DOCUMENT.as("owned");
        return jooq.select(DOCUMENT.KIND, DOCUMENT.ID, DOCUMENT.CREATED, DOCUMENT.BODY, DSL.field(due)).from(DOCUMENT)
                .where(DOCUMENT.CUSTOMER.eq(DSL.select(owned.CUSTOMER).from(owned).where(owned.KIND.eq(kind.object()), owned.ID.eq(id)))
                        .and(DOCUMENT.KIND.in(ASKED_OF_CUSTOMERS))
                        .and(DSL.or(
                                DOCUMENT.KIND.in(Kind.CUSTOMER.object(), Kind.PAYMENT_METHOD.object(), Kind.TAX_ID.object()), matches(Kind.SUBSCRIPTION, null, RUNNING),
                                matches(Kind.INVOICE_ITEM, null, WAITING), due))
                        .or(matches(Kind.WEBHOOK_ENDPOINT, null, ENABLED)))
                .orderBy(NEWEST_FIRST);
    }

    /** Keeps in mind what was found so. @return whether time should have acted upon something of the customer's by now */
    boolean foreseen(String customer, Result<?> found) {
        Map<Kind, List<Placed>> all = new EnumMap<>(Kind.class);
        boolean overdue = false;
        for (var row : found) {
            Kind kind = Kind.named(row.get(0, String.class));
            Placed each = new Placed(row.get(1, String.class), row.get(2, Instant.class), Json.read(row.get(3, JSONB.class).data()));
            overdue |= Boolean.TRUE.equals(row.get(4, Boolean.class));
            foreseen.put(new Reference(kind, each.id()), Optional.of(each.document()));
            all.computeIfAbsent(kind, _ -> new ArrayList<>()).add(each);
        }
        LISTED.forEach((kind, terms) -> listed.put(asked(kind, kind == Kind.WEBHOOK_ENDPOINT ? null : customer, terms), all.getOrDefault(kind, List.of())));
        return overdue;
    }

    /** Of whatever kind it is. */
    Optional<ObjectNode> find(String id) {
        return jooq.select(DOCUMENT.BODY).from(DOCUMENT)
                .where(DOCUMENT.KIND.in(Stream.of(Kind.values()).map(Kind::object).toList()), DOCUMENT.ID.eq(id))
                .limit(1)
                .fetchOptional(DocumentRepository::body);
    }

    /** How many there are of each kind; a kind of which there is none is left out. */
    Map<Kind, Long> counts() {
        Field<Long> count = DSL.count().cast(Long.class);
        return jooq.select(DOCUMENT.KIND, count).from(DOCUMENT).groupBy(DOCUMENT.KIND).fetchMap(row -> Kind.named(row.value1()), row -> row.value2());
    }

    /** The customer that an object belongs to, read without loading it. */
    Optional<String> customerOf(Kind kind, String id) {
        Unwritten known = unwritten.get(kind + id);
        if (known != null) {
            return Optional.ofNullable(known.customer());
        }
        return jooq.select(DOCUMENT.CUSTOMER).from(DOCUMENT).where(isThe(kind, id)).fetchOptional(DOCUMENT.CUSTOMER);
    }

    /** @param document which nobody changes from here on */
    void insert(Kind kind, ObjectNode document, Instant created) {
        unwritten.put(kind + Json.required(document, "id"), new Unwritten(kind, document, created));
    }

    /** @param document which nobody changes from here on */
    void update(Kind kind, ObjectNode document) {
        unwritten.merge(kind + Json.required(document, "id"), new Unwritten(kind, document, null),
                (before, after) -> new Unwritten(kind, document, before.created()));
    }

    void delete(Kind kind, String id) {
        write();
        lookAgain();
        aboutToWrite.run();
        jooq.deleteFrom(DOCUMENT).where(isThe(kind, id)).execute();
    }

    /** Writes what was changed. */
    private void write() {
        if (!unwritten.isEmpty()) {
            aboutToWrite.run();
            inserts().forEach(InsertResultStep::execute);
        }
    }

    /** What writes what was changed: all that is new, in the order in which it came, and all that is not. Whoever asks carries it out. */
    List<InsertResultStep<?>> inserts() {
        if (unwritten.isEmpty()) {
            return List.of();
        }
        List<Record> fresh = rows(each -> each.created() != null);
        List<Record> changed = rows(each -> each.created() == null);
        unwritten.clear();
        lookAgain();
        List<InsertResultStep<?>> inserts = new ArrayList<>();
        if (!fresh.isEmpty()) {
            inserts.add(jooq.insertInto(DOCUMENT, COLUMNS).valuesOfRecords(fresh).returningResult(DSL.one()));
        }
        if (!changed.isEmpty()) {
            // None of these is new: it is how one statement changes many rows, each to values of its own.
            inserts.add(jooq.insertInto(DOCUMENT, COLUMNS).valuesOfRecords(changed).onConflict(DOCUMENT.KIND, DOCUMENT.ID).doUpdate()
                    .set(CHANGED).returningResult(DSL.one()));
        }
        return inserts;
    }

    private void writeIfAnyIs(Set<Kind> kinds) {
        if (unwritten.values().stream().anyMatch(each -> kinds.contains(each.kind()))) {
            write();
        }
    }

    private List<Record> rows(Predicate<Unwritten> which) {
        return unwritten.values().stream().filter(which).map(DocumentRepository::row).<Record>map(row -> row.into(COLUMNS.toArray(Field[]::new))).toList();
    }

    boolean isChanged() {
        return !unwritten.isEmpty();
    }

    /** What was changed and not written has not happened. */
    void forget() {
        unwritten.clear();
        lookAgain();
    }

    /** Somebody else may have written since. */
    void lookAgain() {
        listed.clear();
        foreseen.clear();
    }

    /** Documents that carry all the terms, newest first. */
    List<ObjectNode> all(Kind kind, @Nullable String customer, List<String> terms) {
        List<Placed> stored = stored(kind, customer, terms);
        if (unwritten.values().stream().noneMatch(each -> each.kind() == kind)) {
            return stored.stream().map(each -> each.document().deepCopy()).toList();
        }
        Set<String> found = stored.stream().map(Placed::id).collect(Collectors.toSet());
        boolean joining = unwritten.values().stream().anyMatch(each -> each.created() == null && each.matches(kind, customer, terms)
                && !found.contains(Json.required(each.document(), "id")));
        if (joining) {
            // Its place among the others is known to the database only.
            write();
            return stored(kind, customer, terms).stream().map(each -> each.document().deepCopy()).toList();
        }
        return asTheyWillBe(stored, kind, customer, terms);
    }

    private static List<Object> asked(Kind kind, @Nullable String customer, List<String> terms) {
        return List.of(kind, String.valueOf(customer), terms);
    }

    /** Of what is made just now, nothing that is stored can speak. */
    private boolean nobodyKnows(List<String> terms) {
        return unwritten.values().stream().filter(each -> each.created() != null)
                .anyMatch(each -> terms.contains(Kind.term(each.kind().object(), Json.required(each.document(), "id"))));
    }

    private List<ObjectNode> asTheyWillBe(List<Placed> stored, Kind kind, @Nullable String customer, List<String> terms) {
        List<Placed> all = new ArrayList<>();
        unwritten.forEach((key, each) -> {
            if (each.created() != null && each.matches(kind, customer, terms)) {
                all.addFirst(new Placed(key, each.created(), each.document().deepCopy()));
            }
        });
        stored.forEach(each -> {
            Unwritten changed = unwritten.get(kind + each.id());
            if (changed == null) {
                all.add(new Placed(each.id(), each.created(), each.document().deepCopy()));
            } else if (changed.matches(kind, customer, terms)) {
                all.add(new Placed(each.id(), each.created(), changed.document().deepCopy()));
            }
        });
        return all.stream().sorted(Comparator.comparing(Placed::created).reversed()).map(Placed::document).toList();
    }

    private List<Placed> stored(Kind kind, @Nullable String customer, List<String> terms) {
        return nobodyKnows(terms) ? List.of() : listed.computeIfAbsent(asked(kind, customer, terms), _ -> jooq.select(DOCUMENT.ID, DOCUMENT.CREATED, DOCUMENT.BODY)
                .from(DOCUMENT).where(matches(kind, customer, terms)).orderBy(NEWEST_FIRST).fetch(row -> new Placed(row.value1(), row.value2(), body(row))));
    }

    /** The same as {@link #page}, with what goes by test clocks. */
    List<ObjectNode> everything(Kind kind, Page page) {
        return page(matches(kind, null, List.of()), kind, page);
    }

    /** One more document than the page holds, if there is one, in Stripe's order: newest first. */
    List<ObjectNode> page(Kind kind, @Nullable String customer, List<String> terms, Page page) {
        writeIfAnyIs(Set.of(kind));
        Condition condition = matches(kind, customer, terms);
        // As at Stripe: what goes by a test clock is listed only for its clock or its customer.
        if (customer == null && (kind == Kind.CUSTOMER || kind == Kind.SUBSCRIPTION) && terms.stream().noneMatch(term -> term.startsWith("test_clock="))) {
            condition = condition.and(DOCUMENT.CLOCK.isNull());
        }
        return page(condition, kind, page);
    }

    private List<ObjectNode> page(Condition whose, Kind kind, Page page) {
        Condition condition = whose;
        if (page.after() != null) {
            condition = condition.and(DSL.row(DOCUMENT.CREATED, DOCUMENT.SEQUENCE).lt(position(kind, page.after())));
        }
        if (page.before() != null) {
            condition = condition.and(DSL.row(DOCUMENT.CREATED, DOCUMENT.SEQUENCE).gt(position(kind, page.before())));
        }
        return jooq.select(DOCUMENT.BODY).from(DOCUMENT).where(condition)
                .orderBy(page.before() == null ? NEWEST_FIRST : OLDEST_FIRST).limit(page.limit() + 1).fetch(DocumentRepository::body);
    }

    /** The object whose time has come first, if any has; of one customer when one is named. */
    Optional<Due> earliestDue(Instant until, @Nullable String customer) {
        return earliestDue(until, customer == null ? DOCUMENT.CLOCK.isNull() : DOCUMENT.CUSTOMER.eq(customer));
    }

    /** The same for what goes by a test clock. */
    Optional<Due> earliestDueBy(String clock, Instant until) {
        return earliestDue(until, DOCUMENT.CLOCK.eq(clock));
    }

    private Optional<Due> earliestDue(Instant until, Condition whose) {
        writeIfAnyIs(Set.of(Kind.SUBSCRIPTION, Kind.INVOICE));
        return jooq.select(DOCUMENT.KIND, DOCUMENT.ID, DOCUMENT.CUSTOMER, DOCUMENT.DUE_AT, DOCUMENT.CLOCK).from(DOCUMENT)
                .where(DOCUMENT.DUE_AT.le(until)).and(whose)
                .orderBy(DOCUMENT.DUE_AT, DOCUMENT.SEQUENCE).limit(1)
                .fetchOptional(row -> new Due(Kind.named(row.value1()), row.value2(), row.value3(), row.value4(), row.value5()));
    }

    /** What time it is for a customer that goes by a test clock. */
    Optional<Instant> frozenTime(String customer) {
        return find(Kind.CUSTOMER, customer).map(document -> Json.text(document, "test_clock")).flatMap(clock -> find(Kind.TEST_CLOCK, clock))
                .map(clock -> Json.instant(clock, "frozen_time"));
    }

    /** Leaves an object alone for a while; its document does not change. */
    void postpone(Due due, Instant until) {
        write();
        aboutToWrite.run();
        jooq.update(DOCUMENT).set(DOCUMENT.DUE_AT, until).where(isThe(due.kind(), due.id())).execute();
    }

    /**
     * An object that time acts upon, and when.
     *
     * @param clock the test clock that it goes by; null for the clock on the wall
     */
    record Due(Kind kind, String id, String customer, Instant at, @Nullable String clock) {}

    private static DocumentRecord row(Unwritten unwritten) {
        Kind kind = unwritten.kind();
        ObjectNode document = unwritten.document();
        return new DocumentRecord()
                .setKind(kind.object())
                .setId(Json.required(document, "id"))
                .setCreated(Objects.requireNonNullElse(unwritten.created(), Instant.EPOCH))
                .setCustomer(unwritten.customer())
                .setDueAt(Deadlines.of(kind, document))
                .setClock(Json.text(document, "test_clock"))
                .setTerms(kind.terms(document))
                .setBody(JSONB.valueOf(document.toString()));
    }

    private static Condition isThe(Kind kind, String id) {
        return DOCUMENT.KIND.eq(kind.object()).and(DOCUMENT.ID.eq(id));
    }

    private static Condition matches(Kind kind, @Nullable String customer, List<String> terms) {
        return DOCUMENT.KIND.eq(kind.object())
                .and(customer == null ? DSL.noCondition() : DOCUMENT.CUSTOMER.eq(customer))
                .and(terms.isEmpty() ? DSL.noCondition() : DOCUMENT.TERMS.contains(terms.toArray(String[]::new)));
    }

    private org.jooq.Row2<Instant, Long> position(Kind kind, String id) {
        return jooq.select(DOCUMENT.CREATED, DOCUMENT.SEQUENCE).from(DOCUMENT).where(isThe(kind, id))
                .fetchOptional(found -> DSL.row(found.value1(), found.value2()))
                .orElseThrow(() -> StripeError.missing(kind, id, "starting_after"));
    }

    private static ObjectNode body(Record row) {
        Field<JSONB> body = DOCUMENT.BODY;
        return Json.read(row.get(body).data());
    }
}
