package dev.headroom.entitlement;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.Usages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gates that open by use: by which rule, and for whom one has opened, which it stays. */
@Service
public class Unlocks {

    private static final Actor.System SELF = new Actor.System("entitlement");
    private static final Comparator<Unlock> ORDER =
            Comparator.<Unlock, UUID>comparing(unlock -> unlock.account().value()).thenComparing(unlock -> unlock.feature().value());

    private final Catalog catalog;
    private final RememberedTerms terms;
    private final Usages usages;
    private final RuleRepository rules;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Unlocks(
            Catalog catalog, RememberedTerms terms, Usages usages, RuleRepository rules, AuditEntries audit, ApplicationEventPublisher events,
            InstantSource clock) {
        this.catalog = catalog;
        this.terms = terms;
        this.usages = usages;
        this.rules = rules;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A gate opens for an account, for good, once it has used so much of something in one window.
     *
     * @param feature the gate
     * @param meter   what is counted; of one that rolls, in the days that it looks back on
     * @param units   at least 1
     */
    public record UnlockRule(FeatureId feature, FeatureId meter, long units, String setBy, Instant setAt) {}

    /** The one that was set last first. */
    public List<UnlockRule> all(Actor actor) {
        actor.requireEveryAccount(Permission.READ);
        return rules.unlockRules();
    }

    /** What has opened for accounts, the last first; one statement. */
    Map<AccountId, List<Unlock>> ofAccounts(Actor actor, Collection<AccountId> accounts) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return rules.ofAccounts(accounts);
    }

    /**
     * Opens the gate for everybody who has used so much already, and from now on for everybody who does.
     *
     * @throws HeadroomException NOT_FOUND for an unknown feature, INVALID_INPUT for one that is no gate, or for a meter that counts no events
     */
    @Transactional
    public UnlockRule set(Actor actor, String feature, String meter, long units) {
        actor.requireEveryAccount(Permission.ADMIN);
        Feature gate = RollOuts.gate(catalog, feature);
        Feature counted = counted(meter);
        UnlockRule after = new UnlockRule(
                gate.id(), counted.id(), Check.between("input.units", units, 1, Entitlements.MOST_REQUESTED), actor.name(), clock.instant());
        Optional<UnlockRule> before = rules.unlockRule(gate.id());
        rules.set(after);
        audit.changed(actor, "setUnlockRule", null, "unlockRule", gate.id(), before.orElse(null), after);
        events.publishEvent(new RulesChanged(open(usages.reached(SELF, counted.id(), units).stream().map(account -> unlock(account, after)))));
        return after;
    }

    private Feature counted(String key) {
        Feature meter = catalog.snapshot()
                .feature(key)
                .orElseThrow(() -> HeadroomException.notFound("input.meter", "No feature has the key \"" + key + "\""));
        if (meter.meter() == null) {
            throw HeadroomException.invalid("input.meter", "Expected what is counted by events; \"" + key + "\" is not");
        }
        return meter;
    }

    /** For whom the gate is open, for those it stays so; false where there was no rule. */
    @Transactional
    public boolean remove(Actor actor, String feature) {
        actor.requireEveryAccount(Permission.ADMIN);
        Optional<UnlockRule> rule = rules.unlockRule(RollOuts.gate(catalog, feature).id());
        rule.ifPresent(found -> {
            rules.remove(found);
            audit.changed(actor, "removeUnlockRule", null, "unlockRule", found.feature(), found, null);
            events.publishEvent(new RulesChanged(List.of()));
        });
        return rule.isPresent();
    }

    /**
     * In the transaction that raised the totals: opens what they open, and costs no statement where they open nothing.
     *
     * @return the accounts for whom something has opened
     */
    Set<AccountId> consider(List<Total> totals) {
        if (totals.isEmpty()) {
            return Set.of();
        }
        Map<AccountId, Terms> known = terms.of(totals.stream().map(total -> total.counter().account()).collect(toSet()));
        return open(totals.stream().map(Total::counter).flatMap(counter -> opened(counter, Objects.requireNonNull(known.get(counter.account())).others())));
    }

    private Stream<Unlock> opened(UsageCounter counter, OtherSources others) {
        return others.rules().stream()
                .filter(rule -> rule.meter().equals(counter.feature()) && counter.used() >= rule.units() && !others.unlocked().contains(rule.feature()))
                .map(rule -> unlock(counter.account(), rule));
    }

    private Unlock unlock(AccountId account, UnlockRule rule) {
        return new Unlock(account, rule.feature(), rule.meter(), rule.units(), clock.instant());
    }

    private Set<AccountId> open(Stream<Unlock> reached) {
        List<Unlock> sorted = reached.sorted(ORDER).toList();
        return sorted.isEmpty() ? Set.of() : rules.unlock(sorted);
    }
}
