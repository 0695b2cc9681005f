package dev.headroom.exchange;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Product;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.yaml.YamlReading;
import dev.headroom.yaml.YamlText;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The catalogue as a file, what a file would change, and the change. Nothing that is sold is altered by a file: plans and add-ons that are there are prepared in
 * drafts, and somebody publishes those who has seen what they do.
 */
@Service
public class CatalogImports {

    private static final int LONGEST_REASON = 1_000;

    private final Surroundings surroundings;
    private final Acts acts;
    private final ExchangeRepository repository;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    CatalogImports(Surroundings surroundings, Acts acts, ExchangeRepository repository, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.surroundings = surroundings;
        this.acts = acts;
        this.repository = repository;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Asks to make the catalogue as a file says.
     *
     * @param expectedFingerprint of what the actor has seen that this would do
     * @param reason              for the audit log
     */
    public record ApplyCatalog(String idempotencyKey, String yaml, String expectedFingerprint, @Nullable String reason) {}

    /** What came of it. */
    public sealed interface ApplyCatalogResult permits CatalogApplied, CatalogMoved, CatalogHasFindings {}

    /**
     * @param done      by this very command; none where it was carried out before
     * @param remaining in what the file and the catalogue differ now: drafts that wait, and what the file does not name
     */
    public record CatalogApplied(List<FileDifference> done, CatalogImport remaining) implements ApplyCatalogResult {}

    /** The file, the catalogue or an open draft is not what the fingerprint was of; nothing was written. */
    public record CatalogMoved(CatalogImport now) implements ApplyCatalogResult {}

    /** Nothing was written. */
    public record CatalogHasFindings(CatalogImport found) implements ApplyCatalogResult {}

    private record Compared(Comparing comparing, CatalogImport told) {}

    /** @param products keys of those that are wanted; absent for all @throws HeadroomException NOT_FOUND for one that is not there */
    @Transactional(readOnly = true)
    public String export(Actor actor, @Nullable List<String> products) {
        actor.requireEveryAccount(Permission.CATALOG);
        Known known = surroundings.known(actor);
        if (products != null) {
            products.forEach(key -> known.catalog().requireProduct("products", key));
        }
        return new FileWriting(known).text((Product product) -> products == null || products.contains(product.key()));
    }

    /** What applying a file would do now; writes nothing. */
    @Transactional(readOnly = true)
    public CatalogImport preview(Actor actor, String yaml, Locale locale) {
        actor.requireEveryAccount(Permission.CATALOG);
        return compared(actor, yaml, "preview", locale).told();
    }

    /** All of it in one transaction, or nothing. */
    @Transactional
    public ApplyCatalogResult apply(Actor actor, ApplyCatalog command, Locale locale) {
        actor.requireEveryAccount(Permission.CATALOG);
        String reason = reason(command.reason());
        repository.alone();
        UUID run = Ids.next();
        if (keys.claim(actor, "applyCatalog", command.idempotencyKey(), new Asked(command.yaml(), command.expectedFingerprint()), run) instanceof Claim.Repeat) {
            return new CatalogApplied(List.of(), compared(actor, command.yaml(), "repeated", locale).told());
        }
        Compared before = compared(actor, command.yaml(), "catalog:" + run, locale);
        CatalogImport told = before.told();
        if (!told.applicable() || !told.fingerprint().equals(command.expectedFingerprint())) {
            keys.release(actor, "applyCatalog", command.idempotencyKey());
            return told.applicable() ? new CatalogMoved(told) : new CatalogHasFindings(told);
        }
        acts.carryOut(actor, before.comparing().acts());
        List<FileDifference> done = told.differences().stream().filter(FileDifference::acts).toList();
        audit.changed(actor, "applyCatalog", null, "catalog", run, null, new Applied(reason, told.fingerprint(), done), reason);
        return new CatalogApplied(done, compared(actor, command.yaml(), "after", locale).told());
    }

    /** What makes two commands the same one: not why. */
    private record Asked(String yaml, String expectedFingerprint) {}

    /** For the audit log. */
    private record Applied(@Nullable String reason, String fingerprint, List<FileDifference> done) {}

    private static @Nullable String reason(@Nullable String given) {
        if (given != null && (given.length() > LONGEST_REASON || !Check.storable(given))) {
            throw HeadroomException.invalid("input.reason", "A reason has at most " + LONGEST_REASON + " characters, none of them NUL");
        }
        return given == null || given.isBlank() ? null : given.strip();
    }

    private Compared compared(Actor actor, String yaml, String run, Locale locale) {
        Known known = surroundings.known(actor);
        YamlReading reading = YamlText.read(yaml);
        Comparing comparing = new Comparing(known, reading, run, clock.instant(), locale);
        comparing.compare(new FileReading(reading, run).file(), surroundings.others());
        return new Compared(comparing, comparing.told(Fingerprint.of(yaml, known)));
    }
}
