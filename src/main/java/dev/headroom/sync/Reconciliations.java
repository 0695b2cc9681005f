package dev.headroom.sync;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.sync.ReconciliationPages.Compared;
import dev.headroom.sync.ReconciliationPages.Stage;
import dev.headroom.sync.Walk.Kind;
import dev.headroom.sync.Walk.Settings;
import dev.headroom.sync.Walk.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks whether what we have of Stripe is what Stripe has, once a day and when somebody asks; what is not is listed until it is. For whoever may ADMIN. */
@Service
public class Reconciliations {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliations.class);
    private static final Actor.System SELF = new Actor.System("reconciliation");
    private static final Set<Kind> KIND = Set.of(Kind.RECONCILIATION);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofDays(1);
    /** Stripe was silent; it is not asked again at once. */
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final String OPERATION = "startReconciliation";

    private final WalkRepository walks;
    private final ReconciliationPages pages;
    private final DifferenceRepository differences;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Reconciliations(
            WalkRepository walks, ReconciliationPages pages, DifferenceRepository differences, IdempotencyKeys keys, AuditEntries audit,
            TransactionTemplate transaction, InstantSource clock) {
        this.walks = walks;
        this.pages = pages;
        this.differences = differences;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Begins one; the same key again answers the same one, and while one is under way that is the answer. */
    public Walk start(Actor actor, String idempotencyKey) {
        actor.requireEveryAccount(Permission.ADMIN);
        UUID fresh = Ids.next();
        Claim claim = transaction.execute(_ -> {
            Claim taken = keys.claim(actor, OPERATION, idempotencyKey, idempotencyKey, fresh);
            if (taken instanceof Claim.First && begin(actor, fresh)) {
                audit.created(actor, OPERATION, null, "reconciliation", fresh, fresh);
            }
            return taken;
        });
        return walks.byId(claim instanceof Claim.Repeat(UUID made) ? made : fresh).or(() -> walks.underWay(KIND)).or(() -> newest(1).stream().findFirst()).orElseThrow();
    }

    private boolean begin(Actor actor, UUID id) {
        return walks.begin(id, Kind.RECONCILIATION, Settings.NONE, actor.name(), clock.instant(), Stage.values()[0].name());
    }

    /** The newest first. */
    public List<Walk> newest(Actor actor, int most) {
        actor.requireEveryAccount(Permission.ADMIN);
        return newest(most);
    }

    private List<Walk> newest(int most) {
        return walks.newest(KIND, most);
    }

    /**
     * @param ended whether those that are level again, or those that are not
     * @param after the last one of the page before
     */
    public List<StripeDifference> differences(Actor actor, boolean ended, @Nullable UUID after, int size) {
        actor.requireEveryAccount(Permission.ADMIN);
        return differences.page(ended, after, size);
    }

    public int open(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        return differences.open();
    }

    /**
     * Has differences repaired, by reading again what Stripe has; those that are level already or asked for are left out.
     *
     * @param wanted absent for all of them
     * @return how many will be looked after
     */
    public int repair(Actor actor, @Nullable Collection<UUID> wanted) {
        actor.requireEveryAccount(Permission.ADMIN);
        return Optional.ofNullable(transaction.execute(_ -> {
            int asked = differences.ask(wanted, actor.name());
            if (asked > 0) {
                audit.created(actor, "repairStripeDifferences", null, "stripeDifferences", Ids.next(), wanted == null ? "all" : wanted);
            }
            return asked;
        })).orElse(0);
    }

    /** Begins the daily one when it is due. */
    void schedule() {
        boolean due = newest(1).stream().noneMatch(last -> last.beganAt().isAfter(clock.instant().minus(EVERY)));
        if (due) {
            transaction.executeWithoutResult(_ -> begin(SELF, Ids.next()));
        }
    }

    /** Compares one page of the one that is under way; false when there is none, or somebody else is at it. */
    boolean step() {
        Instant now = clock.instant();
        Optional<Walk> taken = walks.take(KIND, now, now.plus(LEASE));
        taken.ifPresent(this::step);
        return taken.isPresent();
    }

    private void step(Walk walk) {
        try {
            Compared compared = pages.page(walk);
            transaction.executeWithoutResult(_ -> write(walk, compared));
        } catch (StripeUnavailableException silent) {
            LOG.warn("Stripe did not answer while what we have of it is compared; it goes on later: {}", silent.getMessage());
            walks.leave(walk, clock.instant().plus(PAUSE));
        } catch (StripeRefusedException refused) {
            LOG.error("What we have of Stripe could not be compared: {}", refused.getMessage());
            walks.fail(walk, clock.instant(), String.valueOf(refused.getMessage()));
        }
    }

    private void write(Walk walk, Compared compared) {
        Instant now = clock.instant();
        if (!compared.met().isEmpty()) {
            walks.see(walk, compared.met());
        }
        compared.found().forEach(found -> differences.found(found, now));
        Stage stage = Stage.valueOf(walk.stage());
        @Nullable Stage next = compared.next() == null ? after(stage) : stage;
        walks.advance(walk, new Step(next == null ? null : next.name(), compared.next(), compared.read(), compared.found().size()), now);
        if (next == null) {
            differences.notFoundSince(walk.beganAt(), now);
        }
    }

    private static @Nullable Stage after(Stage stage) {
        return stage.ordinal() + 1 < Stage.values().length ? Stage.values()[stage.ordinal() + 1] : null;
    }
}
