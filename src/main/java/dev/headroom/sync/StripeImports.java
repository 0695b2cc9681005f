package dev.headroom.sync;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.money.Currencies;
import dev.headroom.money.UnsupportedCurrencyException;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.sync.ImportFinding.Outcome;
import dev.headroom.sync.ImportFinding.Tally;
import dev.headroom.sync.ImportPages.Stage;
import dev.headroom.sync.Walk.Kind;
import dev.headroom.sync.Walk.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what an account at Stripe has had before Headroom came: first a dry run with a report of what would come of each object, then the
 * import that was agreed to. Twice takes in nothing new. For whoever may ADMIN.
 */
@Service
public class StripeImports {

    private static final Logger LOG = LoggerFactory.getLogger(StripeImports.class);
    private static final Set<Kind> KINDS = Set.of(Kind.DRY_RUN, Kind.IMPORT);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final WalkRepository walks;
    private final ImportPages pages;
    private final FindingRepository findings;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    StripeImports(
            WalkRepository walks, ImportPages pages, FindingRepository findings, IdempotencyKeys keys, AuditEntries audit, TransactionTemplate transaction,
            InstantSource clock) {
        this.walks = walks;
        this.pages = pages;
        this.findings = findings;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Asks what would come of an import.
     *
     * @param product  key of the product that plans are taken into; made by the import when there is none
     * @param keyField of a customer's metadata, in which the vendor keeps its own key; absent takes Stripe's id
     * @param currency of customers of whom Stripe knows none; absent is USD
     */
    public record StartImport(String idempotencyKey, String product, @Nullable String keyField, @Nullable String currency) {}

    /**
     * Asks to do what a dry run has said.
     *
     * @param withoutSubscriptions whether to leave them out, so that their history can be brought first; absent is no
     */
    public record ApplyImport(String idempotencyKey, UUID dryRun, @Nullable Boolean withoutSubscriptions) {

        /** All of it. */
        public ApplyImport(String idempotencyKey, UUID dryRun) {
            this(idempotencyKey, dryRun, null);
        }
    }

    public Walk start(Actor actor, StartImport command) {
        actor.requireEveryAccount(Permission.ADMIN);
        Settings settings = new Settings(
                Check.key("input.product", command.product()), Optional.ofNullable(command.keyField()).orElse("").strip(), currency(command.currency()), null);
        return begin(actor, "startStripeImport", command.idempotencyKey(), command, Kind.DRY_RUN, settings);
    }

    private static String currency(@Nullable String code) {
        try {
            return Currencies.parse(Optional.ofNullable(code).orElse("USD")).getCurrencyCode();
        } catch (UnsupportedCurrencyException refused) {
            throw HeadroomException.of(ErrorCode.UNSUPPORTED_CURRENCY, "input.currency", String.valueOf(refused.getMessage()));
        }
    }

    /** @throws HeadroomException NOT_FOUND unless the dry run has come to its end */
    public Walk apply(Actor actor, ApplyImport command) {
        actor.requireEveryAccount(Permission.ADMIN);
        Walk dry = walks.byId(command.dryRun())
                .filter(walk -> walk.kind() == Kind.DRY_RUN && walk.finishedAt() != null && walk.failure() == null)
                .orElseThrow(() -> HeadroomException.notFound("input.dryRun", "No dry run of this id has come to its end"));
        Settings said = dry.settings();
        return begin(
                actor, "applyStripeImport", command.idempotencyKey(), command, Kind.IMPORT,
                new Settings(said.product(), said.keyField(), said.currency(), Boolean.TRUE.equals(command.withoutSubscriptions()) ? true : null));
    }

    private Walk begin(Actor actor, String operation, String key, Record command, Kind kind, Settings settings) {
        UUID fresh = Ids.next();
        Claim claim = transaction.execute(_ -> {
            Claim taken = keys.claim(actor, operation, key, command, fresh);
            if (taken instanceof Claim.First) {
                if (!walks.begin(fresh, kind, settings, actor.name(), clock.instant(), Stage.PRODUCTS.name())) {
                    throw HeadroomException.of(ErrorCode.CONFLICT, "input", "Another import is under way");
                }
                audit.created(actor, operation, null, "import", fresh, settings);
            }
            return taken;
        });
        return walks.byId(claim instanceof Claim.Repeat(UUID made) ? made : fresh).orElseThrow();
    }

    /** Dry runs and imports, the newest first. */
    public List<Walk> newest(Actor actor, int most) {
        actor.requireEveryAccount(Permission.ADMIN);
        return walks.newest(KINDS, most);
    }

    public List<Tally> tallies(Actor actor, UUID walk) {
        actor.requireEveryAccount(Permission.ADMIN);
        return findings.tallies(walk);
    }

    /**
     * The report, product by product, price by price, and so on.
     *
     * @param outcome absent for all
     * @param after   the last one of the page before
     */
    public List<ImportFinding> findings(Actor actor, UUID walk, @Nullable Outcome outcome, @Nullable ImportFinding after, int size) {
        actor.requireEveryAccount(Permission.ADMIN);
        return findings.page(walk, outcome, after, size);
    }

    /** Takes in one page of what is under way; false when nothing is, or somebody else is at it. */
    boolean step() {
        Instant now = clock.instant();
        Optional<Walk> taken = walks.take(KINDS, now, now.plus(LEASE));
        taken.ifPresent(this::step);
        return taken.isPresent();
    }

    private void step(Walk walk) {
        try {
            walks.advance(walk, pages.page(walk), clock.instant());
        } catch (StripeUnavailableException silent) {
            LOG.warn("Stripe did not answer during an import; it goes on later: {}", silent.getMessage());
            walks.leave(walk, clock.instant().plus(PAUSE));
        } catch (StripeRefusedException refused) {
            LOG.error("An import ended early, because Stripe refused: {}", refused.getMessage());
            walks.fail(walk, clock.instant(), String.valueOf(refused.getMessage()));
        }
    }
}
