package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which gates some of all accounts have, of those with a running subscription of the product. */
@Service
public class RollOuts {

    private static final int WHOLE = 100;

    private final Catalog catalog;
    private final RuleRepository rules;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    RollOuts(Catalog catalog, RuleRepository rules, AuditEntries audit, ApplicationEventPublisher events, InstantSource clock) {
        this.catalog = catalog;
        this.rules = rules;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A gate that some of all accounts have. Which ones follows from the ids alone: the first four bytes of the SHA-256 over the 16 bytes of
     * the feature's id and the 16 of the account's, as an unsigned number, modulo 100, are below the percentage. So whoever is in stays in while
     * it grows, and each feature has its own first ones.
     *
     * @param percent 0 to 100
     */
    public record RollOut(FeatureId feature, int percent, String setBy, Instant setAt) {

        boolean includes(AccountId account) {
            return place(feature.value(), account.value()) < percent;
        }

        private static int place(UUID feature, UUID account) {
            ByteBuffer ids = ByteBuffer.allocate(4 * Long.BYTES)
                    .putLong(feature.getMostSignificantBits())
                    .putLong(feature.getLeastSignificantBits())
                    .putLong(account.getMostSignificantBits())
                    .putLong(account.getLeastSignificantBits());
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(ids.array());
                return Integer.remainderUnsigned(ByteBuffer.wrap(digest).getInt(), WHOLE);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** The one that was set last first. */
    public List<RollOut> all(Actor actor) {
        actor.requireEveryAccount(Permission.READ);
        return rules.rollOuts();
    }

    /** @throws HeadroomException NOT_FOUND for an unknown feature, INVALID_INPUT for one that is no gate */
    @Transactional
    public RollOut set(Actor actor, String feature, int percent) {
        actor.requireEveryAccount(Permission.ADMIN);
        Feature gate = gate(catalog, feature);
        Check.between("input.percent", percent, 0, WHOLE);
        Optional<RollOut> before = rules.rollOut(gate.id());
        if (before.isPresent() && before.get().percent() == percent) {
            return before.get();
        }
        RollOut after = new RollOut(gate.id(), percent, actor.name(), clock.instant());
        rules.set(after);
        audit.changed(actor, "setRollOut", null, "rollOut", gate.id(), before.orElse(null), after);
        events.publishEvent(new RulesChanged(List.of()));
        return after;
    }

    static Feature gate(Catalog catalog, String key) {
        Feature feature = catalog.snapshot()
                .feature(key)
                .orElseThrow(() -> HeadroomException.notFound("input.feature", "No feature has the key \"" + key + "\""));
        if (feature.kind() != FeatureKind.GATE) {
            throw HeadroomException.invalid("input.feature", "Expected a GATE; \"" + key + "\" is a " + feature.kind());
        }
        return feature;
    }
}
