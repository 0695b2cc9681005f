package dev.headroom.policy;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.broadcast.Remembered;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.policy.AddTransitionRule.AddTransitionRuleResult;
import dev.headroom.policy.AddTransitionRule.TransitionRuleAdded;
import dev.headroom.policy.AddTransitionRule.TransitionRuleExists;
import dev.headroom.policy.RemoveTransitionRule.RemoveTransitionRuleResult;
import dev.headroom.policy.RemoveTransitionRule.TransitionRuleRemoved;
import dev.headroom.policy.SetCreditGuard.CreditGuardSet;
import dev.headroom.policy.SetCreditGuard.SetCreditGuardResult;
import dev.headroom.policy.TransitionRule.RuleId;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How customers may move: read from memory by every quote, changed in the database by whoever may PUBLISH, remembered anew on every node when it changed. */
@Service
public class Policies {

    private static final String TOPIC = "policy";
    private static final int LONGEST_GUARD = 366;
    /** As many as a product with seven plans can have pairs of them for every kind. */
    private static final int MOST_RULES = 500;

    private final PolicyRepository repository;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final Remembered<Map<ProductId, ProductPolicy>> remembered;

    Policies(PolicyRepository repository, Catalog catalog, IdempotencyKeys keys, AuditEntries audit, Broadcasts broadcasts) {
        this.repository = repository;
        this.catalog = catalog;
        this.keys = keys;
        this.audit = audit;
        this.remembered = broadcasts.remembered(TOPIC, repository::all);
    }

    /** As it was when this node last heard of a change; costs no statement unless there was one. */
    public ProductPolicy of(ProductId product) {
        return remembered.get().getOrDefault(product, ProductPolicy.USUAL);
    }

    /** As the transaction of the caller sees it, its own changes with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<ProductId, ProductPolicy> current() {
        return repository.all();
    }

    /**
     * What a command would add; for whoever looks before anything is written.
     *
     * @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field
     */
    public TransitionRule imagine(AddTransitionRule command, CatalogSnapshot known) {
        return NewRules.rule(command, known);
    }

    /** The same of the guard. @throws HeadroomException INVALID_INPUT, naming the field */
    public CreditGuard imagine(SetCreditGuard command) {
        return guard(command);
    }

    private static CreditGuard guard(SetCreditGuard command) {
        return new CreditGuard((int) Check.between("input.days", command.days(), 0, LONGEST_GUARD), command.measure());
    }

    /** @throws HeadroomException INVALID_INPUT for a rule that could never speak of anything, or could not be followed */
    @Transactional
    public AddTransitionRuleResult add(Actor actor, AddTransitionRule command) {
        actor.requireEveryAccount(Permission.PUBLISH);
        TransitionRule rule = NewRules.rule(command, catalog.current());
        return switch (keys.claim(actor, "addTransitionRule", command.idempotencyKey(), command, rule.id().value())) {
            case Claim.Repeat(UUID made) -> new TransitionRuleAdded(repository.byId(new RuleId(made)).orElseThrow(
                    () -> HeadroomException.notFound("input.idempotencyKey", "The rule that was added under this key was removed since")));
            case Claim.First() -> insert(actor, command, rule);
        };
    }

    private AddTransitionRuleResult insert(Actor actor, AddTransitionRule command, TransitionRule rule) {
        if (repository.count(rule.product()) >= MOST_RULES) {
            throw HeadroomException.invalid("input.product", "A product has at most " + MOST_RULES + " rules; remove some, or name fewer plans in them");
        }
        if (!repository.insert(rule)) {
            keys.release(actor, "addTransitionRule", command.idempotencyKey());
            return new TransitionRuleExists(repository.like(rule).orElseThrow());
        }
        audit.created(actor, "addTransitionRule", null, "transitionRule", rule.id(), rule);
        remembered.changed();
        return new TransitionRuleAdded(rule);
    }

    /** @throws HeadroomException NOT_FOUND for a rule that is not there, unless this very command has removed it */
    @Transactional
    public RemoveTransitionRuleResult remove(Actor actor, RemoveTransitionRule command) {
        actor.requireEveryAccount(Permission.PUBLISH);
        RuleId id = new RuleId(Ids.parse(command.rule()).orElseThrow(Policies::unknown));
        if (keys.claim(actor, "removeTransitionRule", command.idempotencyKey(), command, id.value()) instanceof Claim.First) {
            TransitionRule rule = repository.byId(id).filter(_ -> repository.delete(id)).orElseThrow(Policies::unknown);
            audit.changed(actor, "removeTransitionRule", null, "transitionRule", id, rule, null);
            remembered.changed();
        }
        return new TransitionRuleRemoved(id);
    }

    private static HeadroomException unknown() {
        return HeadroomException.notFound("input.rule", "No such rule");
    }

    @Transactional
    public SetCreditGuardResult set(Actor actor, SetCreditGuard command) {
        actor.requireEveryAccount(Permission.PUBLISH);
        Product product = catalog.current().requireProduct("input.product", command.product());
        CreditGuard after = guard(command);
        CreditGuard before = repository.guard(product.id()).orElse(CreditGuard.USUAL);
        if (!after.equals(before)) {
            repository.set(product.id(), after);
            audit.changed(actor, "setCreditGuard", null, "product", product.id(), before, after);
            remembered.changed();
        }
        return new CreditGuardSet(after);
    }
}
