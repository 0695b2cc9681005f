package dev.headroom.sandbox;

import dev.headroom.sandbox.DocumentRepository.Reference;
import dev.headroom.sandbox.TransactionRepository.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request or one act of time: a transaction, the second at which it happens, and the documents it has seen. Saving a
 * document announces its event with the fields that changed since it was loaded or last announced.
 */
final class Session {

    private final Transaction transaction;
    private final DocumentRepository documents;
    private final Instant announcing;
    private final Taxation taxation;
    private final @Nullable String requestId;
    private final @Nullable String idempotencyKey;
    private final Map<String, ObjectNode> announced;
    private final Map<String, ObjectNode> remembered;
    private final Map<String, ObjectNode> current;
    private @Nullable List<ObjectNode> endpoints;
    private Instant now;
    private @Nullable String clock;

    Session(Transaction transaction, Instant now, Taxation taxation, @Nullable String requestId, @Nullable String idempotencyKey) {
        this.transaction = transaction;
        this.documents = transaction.documents();
        this.now = now;
        this.announcing = now;
        this.taxation = taxation;
        this.requestId = requestId;
        this.idempotencyKey = idempotencyKey;
        this.announced = new HashMap<>();
        this.remembered = new HashMap<>();
        this.current = new HashMap<>();
    }

    private Session(Session session, Instant now) {
        this.transaction = session.transaction;
        this.documents = session.documents;
        this.now = now;
        this.announcing = session.announcing;
        this.clock = session.clock;
        this.taxation = session.taxation;
        this.requestId = session.requestId;
        this.idempotencyKey = session.idempotencyKey;
        this.announced = session.announced;
        this.remembered = session.remembered;
        this.current = session.current;
    }

    /** The same session at another second: for working out what that second will bill. */
    Session at(Instant instant) {
        return new Session(this, instant);
    }

    /** Goes by a test clock from here on; what it announces is dated by the clock on the wall all the same. */
    void follow(String testClock, Instant frozen) {
        clock = testClock;
        now = frozen;
    }

    /** A whole second, as all of Stripe's times are. */
    Instant now() {
        return now;
    }

    Taxation taxation() {
        return taxation;
    }

    DocumentRepository documents() {
        return documents;
    }

    OccurrenceRepository occurrences() {
        return transaction.occurrences();
    }

    MeterEventRepository meterEvents() {
        return transaction.meterEvents();
    }

    /** Serialises everything that happens to one customer, or to a coupon; take it before loading what is to be changed. */
    void lock(String owner) {
        forgetful().lock(owner);
    }

    /** What was read before waiting for a lock may have changed since. */
    private Transaction forgetful() {
        current.clear();
        documents.lookAgain();
        return transaction;
    }

    /** A copy of the document as it is stored; read once, since nobody else changes what belongs to a locked customer. */
    Optional<ObjectNode> find(Kind kind, String id) {
        ObjectNode unstored = remembered.get(kind + id);
        if (unstored != null) {
            return Optional.of(unstored);
        }
        ObjectNode known = current.get(kind + id);
        if (known != null) {
            return Optional.of(known.deepCopy());
        }
        Optional<ObjectNode> found = documents.find(kind, id);
        found.ifPresent(document -> {
            ObjectNode copy = document.deepCopy();
            current.put(kind + id, copy);
            announced.put(kind + id, copy);
        });
        return found;
    }

    /** Reads at once what will be asked for one by one. */
    void foresee(Set<Reference> wanted) {
        documents.foresee(wanted.stream().filter(each -> !current.containsKey(each.kind() + each.id())).collect(Collectors.toSet()));
    }

    /** @throws StripeError resource_missing, blaming the parameter that named it */
    ObjectNode load(Kind kind, String id, String parameter) {
        return find(kind, id).orElseThrow(() -> StripeError.missing(kind, id, parameter));
    }

    /** An object that another document refers to. */
    ObjectNode load(Kind kind, String id) {
        return load(kind, id, "id");
    }

    /**
     * Loads an object that is about to change, once its customer is locked.
     *
     * @throws Overdue when time should have changed something of that customer's before
     */
    ObjectNode loadToChange(Kind kind, String id, String parameter) {
        forgetful().lockOwnerOf(kind, id, now).ifPresent(owner -> {
            if (followsClockOf(owner.customer()) ? documents.earliestDue(now, owner.customer()).isPresent() : owner.overdue()) {
                throw new Overdue(owner.customer());
            }
        });
        return load(kind, id, parameter);
    }

    /** Whether it goes by one. */
    private boolean followsClockOf(String customer) {
        Optional<ObjectNode> followed = find(Kind.CUSTOMER, customer).map(document -> Json.text(document, "test_clock")).map(id -> load(Kind.TEST_CLOCK, id));
        followed.ifPresent(testClock -> {
            if (!"ready".equals(Json.text(testClock, "status"))) {
                throw StripeError.invalid(null, null, "Test clock advancement underway - cannot perform modifications before it is ready.");
            }
            follow(Json.required(testClock, "id"), Json.instant(testClock, "frozen_time"));
        });
        return followed.isPresent();
    }

    /** Time is to act upon a customer's objects before the request may. */
    static final class Overdue extends RuntimeException {

        private final String customer;

        private Overdue(String customer) {
            super("Something of " + customer + " is overdue", null, false, false);
            this.customer = customer;
        }

        String customer() {
            return customer;
        }
    }

    /** Makes a document known to this session without storing it: previews show discounts that nobody redeemed. */
    void remember(ObjectNode document) {
        remembered.put(Kind.of(document) + Json.required(document, "id"), document);
    }

    boolean isOnlyRemembered(ObjectNode document) {
        return remembered.containsKey(Kind.of(document) + Json.required(document, "id"));
    }

    void insert(ObjectNode document) {
        Kind kind = Kind.of(document);
        remembered.remove(kind + Json.required(document, "id"));
        if (clock != null && document.has("test_clock")) {
            document.put("test_clock", clock);
        }
        ObjectNode stored = known(kind, document);
        documents.insert(kind, stored, now);
        announced.put(kind + Json.required(document, "id"), stored);
    }

    private ObjectNode known(Kind kind, ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        current.put(kind + Json.required(document, "id"), copy);
        return copy;
    }

    /** Stores a new document and announces {@code <kind>.created}. */
    void create(ObjectNode document) {
        insert(document);
        announce(Kind.of(document).eventPrefix() + ".created", document);
    }

    /** Stores a changed document without announcing it. */
    void save(ObjectNode document) {
        Kind kind = Kind.of(document);
        documents.update(kind, known(kind, document));
    }

    /** Stores a changed document and, when the wire shows a difference, announces {@code <kind>.updated}. */
    void update(ObjectNode document) {
        Kind kind = Kind.of(document);
        ObjectNode before = announced.get(kind + Json.required(document, "id"));
        ObjectNode previous = before == null ? Json.object() : Changes.previous(before, document);
        save(document);
        if (!previous.isEmpty()) {
            emit(kind.eventPrefix() + ".updated", document, previous);
        }
    }

    void delete(ObjectNode document) {
        Kind kind = Kind.of(document);
        remove(kind, Json.required(document, "id"));
        announce(kind.eventPrefix() + ".deleted", document);
    }

    /** Takes a document away without announcing it. */
    void remove(Kind kind, String id) {
        documents.delete(kind, id);
        current.remove(kind + id);
    }

    /** Announces an event about a document as it is now. */
    void announce(String type, ObjectNode document) {
        emit(type, document, null);
    }

    /** The same, with what was different before. */
    void announce(String type, ObjectNode document, ObjectNode previous) {
        emit(type, document, previous);
    }

    private void emit(String type, ObjectNode document, @Nullable ObjectNode previous) {
        announced.put(Kind.of(document) + Json.required(document, "id"), document.deepCopy());
        ObjectNode event = Skeletons.of("event");
        event.put("id", Tokens.id("evt")).put("type", type);
        Json.put(event, "created", clock == null ? now : announcing);
        ObjectNode data = event.putObject("data");
        data.set("object", Rendering.plain(document));
        if (previous != null) {
            data.set("previous_attributes", Rendering.plain(previous));
        }
        List<String> listening = listening(type);
        event.put("pending_webhooks", listening.size());
        event.putObject("request").put("id", requestId).put("idempotency_key", idempotencyKey);
        transaction.occurrences().insert(event, listening);
    }

    private List<String> listening(String type) {
        if (endpoints == null) {
            endpoints = documents.all(Kind.WEBHOOK_ENDPOINT, null, List.of(Kind.term("status", "enabled")));
        }
        return endpoints.stream()
                .filter(endpoint -> WebhookEndpoints.wants(endpoint, type))
                .map(endpoint -> Json.required(endpoint, "id"))
                .toList();
    }
}
