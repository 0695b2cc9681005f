package dev.headroom.sync;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.sync.CatalogPlan.Line;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlanResult.CatalogPlanApplied;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlanResult.CatalogPlanIsStale;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says how our catalogue and Stripe's differ, and makes them level: exactly in what was agreed to, whoever dies over it. For whoever may ADMIN.
 */
@Service
public class CatalogPlans {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogPlans.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String OPERATION = "applyCatalogSync";

    private final CatalogReadings readings;
    private final CatalogRepairs repairs;
    private final CatalogApplyRepository applies;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    CatalogPlans(
            CatalogReadings readings, CatalogRepairs repairs, CatalogApplyRepository applies, IdempotencyKeys keys, AuditEntries audit,
            TransactionTemplate transaction, InstantSource clock) {
        this.readings = readings;
        this.repairs = repairs;
        this.applies = applies;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A plan that somebody agreed to.
     *
     * @param agreed     in how many things the two differed
     * @param applied    how many of those have been made level
     * @param finishedAt absent while it is being carried out
     * @param failure    what Stripe refused; it ended there
     */
    public record CatalogApply(
            UUID id, String askedBy, Instant askedAt, int agreed, int applied, @Nullable Instant finishedAt, @Nullable String failure) {}

    /** Asks to make level what a plan says, and nothing else. */
    public record ApplyCatalogPlan(String idempotencyKey, String fingerprint) {}

    /** What came of it. */
    public sealed interface ApplyCatalogPlanResult {

        /** It is carried out; what Stripe did not answer, goes on by itself. */
        record CatalogPlanApplied(CatalogApply apply) implements ApplyCatalogPlanResult {}

        /** The two differ in something else by now; nothing was done. */
        record CatalogPlanIsStale(CatalogPlan freshPlan) implements ApplyCatalogPlanResult {}
    }

    /** Compares now, reading all of Stripe's catalogue in pages. */
    public CatalogPlan plan(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        return plan(answered(readings::differences));
    }

    private CatalogPlan plan(List<CatalogDifference> differences) {
        List<Line> lines = differences.stream().map(CatalogDifference::told).toList();
        return new CatalogPlan(fingerprint(lines), clock.instant(), lines);
    }

    private static String fingerprint(List<Line> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The newest first. */
    public List<CatalogApply> newest(Actor actor, int most) {
        actor.requireEveryAccount(Permission.ADMIN);
        return applies.newest(most);
    }

    /** @throws HeadroomException CONFLICT while another plan is being carried out */
    public ApplyCatalogPlanResult apply(Actor actor, ApplyCatalogPlan command) {
        actor.requireEveryAccount(Permission.ADMIN);
        Optional<UUID> before = keys.resultOf(actor, OPERATION, command.idempotencyKey(), command);
        if (before.isPresent()) {
            sweep();
            return new CatalogPlanApplied(applies.byId(before.get()).orElseThrow());
        }
        CatalogPlan now = plan(actor);
        if (!now.fingerprint().equals(command.fingerprint())) {
            return new CatalogPlanIsStale(now);
        }
        UUID id = Ids.next();
        transaction.executeWithoutResult(_ -> begin(actor, command, now, id));
        carryOut(id);
        return new CatalogPlanApplied(applies.byId(id).orElseThrow());
    }

    private void begin(Actor actor, ApplyCatalogPlan command, CatalogPlan plan, UUID id) {
        keys.claim(actor, OPERATION, command.idempotencyKey(), command, id);
        List<String> subjects = plan.differences().stream().filter(line -> line.kind().applies()).map(Line::subject).toList();
        Instant now = clock.instant();
        if (!applies.insert(id, actor.name(), now, plan.fingerprint(), subjects, now.plus(LEASE))) {
            throw HeadroomException.of(ErrorCode.CONFLICT, "input", "Another plan is being carried out; compare again when it is done");
        }
        audit.created(actor, OPERATION, null, "catalogApply", id, plan);
    }

    /** Goes on with what somebody died over, or Stripe did not answer. */
    void sweep() {
        Instant now = clock.instant();
        applies.take(now, now.plus(LEASE)).ifPresent(this::carryOut);
    }

    /** Compares anew, so that it does not matter how far anybody came before. */
    private void carryOut(UUID id) {
        Set<String> agreed = applies.subjects(id);
        try {
            for (CatalogDifference each : readings.differences()) {
                if (agreed.contains(each.told().subject())) {
                    repairs.repair(each, id);
                    applies.applied(id, clock.instant().plus(LEASE));
                }
            }
            applies.finish(id, clock.instant(), null);
        } catch (StripeUnavailableException silent) {
            LOG.warn("Stripe's catalogue is being made level and Stripe did not answer, so it goes on later: {}", silent.getMessage());
            applies.leave(id, clock.instant());
        } catch (StripeRefusedException refused) {
            LOG.error("Stripe's catalogue could not be made level: {}", refused.getMessage());
            applies.finish(id, clock.instant(), refused.getMessage());
        }
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (StripeUnavailableException silent) {
            throw HeadroomException.of(ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer; ask again in a moment");
        }
    }
}
