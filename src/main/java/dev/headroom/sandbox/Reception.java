package dev.headroom.sandbox;

import dev.headroom.sandbox.IdempotencyRepository.StoredAnswer;
import dev.headroom.sandbox.TransactionRepository.LockedKey;
import dev.headroom.sandbox.TransactionRepository.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers every request: checks the key, finds the endpoint, runs it in one transaction and remembers the answer to an
 * idempotency key in the same transaction, so that after a crash either everything happened or nothing did.
 */
final class Reception {

    private static final System.Logger LOG = System.getLogger(Reception.class.getName());
    private static final int LONGEST_KEY = 255;
    private static final Pattern CONFIRMATION = Pattern.compile("/v1/(payment|setup)_intents/[^/]+/confirm");

    private final TransactionRepository transactions;
    private final Routes routes;
    private final Faults faults;
    private final Clockwork clockwork;
    private final InstantSource clock;
    private final Taxation taxation;
    private final String secretKey;

    Reception(TransactionRepository transactions, Routes routes, Faults faults, Clockwork clockwork, InstantSource clock, Taxation taxation, String secretKey) {
        this.transactions = transactions;
        this.routes = routes;
        this.faults = faults;
        this.clockwork = clockwork;
        this.clock = clock;
        this.taxation = taxation;
        this.secretKey = secretKey;
    }

    Answer answer(Request request) {
        String requestId = Tokens.id("req");
        try {
            authenticate(request);
            Routes.Match match = routes.find(request.verb(), request.path()).orElseThrow(() -> StripeError.notFound(
                    "Unrecognized request URL (" + request.verb() + ": " + request.path() + ")."));
            Work work = new Work(request, requestId, match, Form.decode(request.query(), request.body()),
                    faults.strike(request.verb(), request.path()).orElse(null));
            return work.fault() == null ? perform(work) : perform(work, work.fault());
        } catch (StripeError error) {
            return new Answer(error.status(), requestId, error.body(requestId).toString(), false);
        } catch (RuntimeException failure) {
            return failed(request, requestId, failure);
        }
    }

    private Answer perform(Work work) {
        if (work.request().verb().equals("GET")) {
            return transactions.look(transaction -> perform(transaction, work));
        }
        return punctually(() -> transactions.run(transaction -> work.request().idempotencyKey() == null || work.match().asks()
                ? perform(transaction, work) : performOnce(transaction, work)));
    }

    private Answer perform(Work work, Fault fault) {
        return switch (fault.kind()) {
            case LOCK_TIMEOUT -> throw StripeError.limited("lock_timeout", "This object cannot be accessed right now because another API request or "
                    + "Stripe process is currently accessing it. If you see this error intermittently, retry the request.");
            case RATE_LIMIT -> throw StripeError.limited("rate_limit", "Request rate limit exceeded.");
            case SERVER_ERROR -> perform(work);
            case TIMEOUT -> lost(work, fault, Fate.HELD);
            case CONNECTION_RESET -> lost(work, fault, Fate.CUT);
        };
    }

    /** Nobody hears of what happened, if anything did. */
    private Answer lost(Work work, Fault fault, Fate fate) {
        if (fault.when() == Fault.When.AFTER) {
            perform(work);
        }
        return new Answer(500, work.requestId(), "", false, fate);
    }

    /** A request that comes after a renewal was due finds it done, even when nothing has renewed by itself yet. */
    private Answer punctually(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (Session.Overdue overdue) {
            clockwork.catchUp(overdue.customer());
            return work.get();
        }
    }

    private void authenticate(Request request) {
        String authorization = request.authorization();
        String key = authorization != null && authorization.startsWith("Bearer ") ? authorization.substring(7).strip() : "";
        if (key.isEmpty()) {
            throw StripeError.unauthorized("You did not provide an API key. You need to provide your API key in the Authorization header, "
                    + "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        }
        if (key.startsWith("sk_live_") || key.startsWith("rk_live_")) {
            throw StripeError.unauthorized("This is a sandbox and takes no live keys. Use the sandbox's sk_test_ key.");
        }
        if (key.startsWith("pk_test_") && fromTheBrowser(request) || (key.startsWith("sk_test_") || key.startsWith("pk_test_")) && request.path().startsWith(Faults.PATH)) {
            return;
        }
        if (!MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), secretKey.getBytes(StandardCharsets.UTF_8))) {
            throw StripeError.unauthorized("Invalid API Key provided: " + key.substring(0, Math.min(8, key.length())) + "********");
        }
    }

    /** What Stripe's library asks there: the client secret proves that it may, and the endpoint looks whether it is the right one. */
    private static boolean fromTheBrowser(Request request) {
        return request.verb().equals("POST") && CONFIRMATION.matcher(request.path()).matches()
                && Form.decode(request.query(), request.body()).has("client_secret");
    }

    /** Stripe's rule: the first result after execution began is what every repetition gets, a failed payment and a 500 too. */
    private Answer performOnce(Transaction transaction, Work work) {
        String key = String.valueOf(work.request().idempotencyKey());
        if (key.length() > LONGEST_KEY) {
            throw StripeError.idempotency(400, null, "Idempotency keys have at most 255 characters.");
        }
        Instant now = now();
        LockedKey locked = transaction.tryLockKey(key, now);
        if (!locked.free()) {
            throw StripeError.idempotency(409, "idempotency_key_in_use",
                    "There is currently another in-progress request using this idempotency key.");
        }
        String fingerprint = fingerprint(work.request(), work.tree());
        Optional<StoredAnswer> stored = locked.before();
        if (stored.isPresent()) {
            if (!stored.get().fingerprint().equals(fingerprint)) {
                throw StripeError.idempotency(400, null, "Keys for idempotent requests can only be used with the same parameters they were "
                        + "first used with. Try using a key other than '" + key + "' if you meant to execute a different request.");
            }
            return new Answer(stored.get().status(), stored.get().requestId(), stored.get().body(), true);
        }
        Answer answer = perform(transaction, work);
        transaction.idempotency().store(key, new StoredAnswer(fingerprint, work.requestId(), answer.status(), answer.body()), now);
        return answer;
    }

    /** @throws StripeError whose answer is not to be remembered; nothing has happened then */
    private Answer perform(Transaction transaction, Work work) {
        Fault fault = work.fault();
        if (fault != null && fault.is(Fault.Kind.SERVER_ERROR, Fault.When.BEFORE)) {
            return broken(work.requestId());
        }
        Session session = new Session(transaction, now(), taxation, work.requestId(), work.request().idempotencyKey());
        try {
            Answer answer = transaction.undoable(() -> run(session, work.match(), work.tree(), work.requestId()));
            return fault != null && fault.is(Fault.Kind.SERVER_ERROR, Fault.When.AFTER) ? broken(work.requestId()) : answer;
        } catch (Session.Overdue overdue) {
            throw overdue;
        } catch (StripeError error) {
            if (error.status() == 402) {
                return new Answer(402, work.requestId(), error.body(work.requestId()).toString(), false);
            }
            throw error;
        } catch (RuntimeException failure) {
            return failed(work.request(), work.requestId(), failure);
        }
    }

    private static Answer broken(String requestId) {
        StripeError error = StripeError.internal("An error occurred internally; this one was asked for.");
        return new Answer(error.status(), requestId, error.body(requestId).toString(), false);
    }

    private static Answer run(Session session, Routes.Match match, ObjectNode tree, String requestId) {
        Parameters parameters = Parameters.of(tree);
        List<String> expand = parameters.texts("expand");
        try {
            ObjectNode document = match.endpoint().apply(new Call(session, parameters, match.ids()));
            parameters.refuseUnread();
            return new Answer(200, requestId, new Expansion(session).render(document, expand).toString(), false);
        } catch (StripeError error) {
            if (error.keepsWork()) {
                return new Answer(error.status(), requestId, error.body(requestId).toString(), false);
            }
            throw error;
        }
    }

    private static Answer failed(Request request, String requestId, RuntimeException failure) {
        String what = "The Stripe sandbox failed on " + request.verb() + " " + request.path() + " (" + requestId + ")";
        LOG.log(System.Logger.Level.ERROR, what, failure);
        StripeError error = StripeError.internal("The sandbox failed; its log says why.");
        return new Answer(error.status(), requestId, error.body(requestId).toString(), false);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String fingerprint(Request request, ObjectNode tree) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.verb() + " " + request.path() + " " + tree).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param query, body form-encoded; a DELETE carries its parameters in the query
     */
    record Request(String verb, String path, String query, String body, @Nullable String authorization, @Nullable String idempotencyKey) {}

    /** What becomes of an answer: it is sent, or the caller waits for it in vain, or the connection breaks before it. */
    enum Fate { SENT, HELD, CUT }

    /** @param replayed an earlier request's answer, sent again */
    record Answer(int status, String requestId, String body, boolean replayed, Fate fate) {

        private Answer(int status, String requestId, String body, boolean replayed) {
            this(status, requestId, body, replayed, Fate.SENT);
        }
    }

    /** @param fault what goes wrong with it */
    private record Work(Request request, String requestId, Routes.Match match, ObjectNode tree, @Nullable Fault fault) {}
}
