package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Grant.Revocation;
import dev.headroom.entitlement.Grants.GrantResult.FeatureGranted;
import dev.headroom.entitlement.Grants.GrantResult.GrantEnded;
import dev.headroom.entitlement.Grants.GrantResult.GrantRevoked;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What accounts are given beside what they bought: for a time, with a reason, and never forgotten. */
@Service
public class Grants {

    private final Accounts accounts;
    private final Catalog catalog;
    private final GrantRepository grants;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Grants(
            Accounts accounts, Catalog catalog, GrantRepository grants, IdempotencyKeys keys, AuditEntries audit, ApplicationEventPublisher events,
            InstantSource clock) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.grants = grants;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What became of giving something, or of taking it back. */
    public sealed interface GrantResult {

        /** In force from its beginning on, with the next question. */
        record FeatureGranted(Grant grant) implements GrantResult {}

        /** Not in force any more, taken back now or before. */
        record GrantRevoked(Grant grant) implements GrantResult {}

        /** It had come to its end by itself: nothing changed. */
        record GrantEnded(Grant grant) implements GrantResult {}
    }

    /** @throws HeadroomException NOT_FOUND for an unknown account or feature, INVALID_INPUT for what cannot be given */
    @Transactional
    public GrantResult grant(Actor actor, GrantFeature command) {
        actor.requireEveryAccount(Permission.ACCOUNTS);
        Account account = accounts.meant(actor, command.account());
        Feature feature = catalog.snapshot()
                .feature(command.feature())
                .orElseThrow(() -> HeadroomException.notFound("input.feature", "No feature has the key \"" + command.feature() + "\""));
        UUID id = Ids.next();
        return switch (keys.claim(actor, "grantFeature", command.idempotencyKey(), command, id)) {
            case Claim.Repeat(UUID made) -> new FeatureGranted(grants.byId(made).orElseThrow());
            case Claim.First() -> insert(actor, command.grant(id, account, feature, actor, now()));
        };
    }

    private GrantResult insert(Actor actor, Grant grant) {
        grants.insert(grant);
        audit.changed(actor, "grantFeature", grant.account().value(), "grant", grant.id(), null, grant, grant.reason());
        events.publishEvent(new GrantsChanged(grant.account()));
        return new FeatureGranted(grant);
    }

    /** @throws HeadroomException NOT_FOUND for an unknown grant */
    @Transactional
    public GrantResult revoke(Actor actor, String id, String reason) {
        actor.requireEveryAccount(Permission.ACCOUNTS);
        Revocation revocation = new Revocation(now(), actor.name(), Check.text("input.reason", reason));
        Grant found = Ids.parse(id).flatMap(grants::locked).orElseThrow(() -> HeadroomException.notFound("input.grant", "No such grant"));
        return switch (found.state(revocation.at())) {
            case PENDING, ACTIVE -> revoke(actor, found, revocation);
            case REVOKED -> new GrantRevoked(found);
            case EXPIRED -> new GrantEnded(found);
        };
    }

    private GrantResult revoke(Actor actor, Grant before, Revocation revocation) {
        Grant after = before.revoked(revocation);
        grants.revoke(after);
        audit.changed(actor, "revokeGrant", after.account().value(), "grant", after.id(), before, after, revocation.reason());
        events.publishEvent(new GrantsChanged(after.account()));
        return new GrantRevoked(after);
    }

    /** Newest first, also those that are over. */
    public List<Grant> ofAccount(Actor actor, AccountId account, int most) {
        return newest(actor, List.of(account), most).getOrDefault(account, List.of());
    }

    /** The same of many accounts; one statement. */
    Map<AccountId, List<Grant>> newest(Actor actor, Collection<AccountId> accounts, int most) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return grants.newest(accounts, most);
    }

    Grant.State state(Grant grant) {
        return grant.state(clock.instant());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
