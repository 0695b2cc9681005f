package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What publishing is held to: said by whoever administers, read by whoever publishes. */
@Service
public class PublishingPolicies {

    private final PublishingPolicyRepository policies;
    private final AuditEntries audit;

    PublishingPolicies(PublishingPolicyRepository policies, AuditEntries audit) {
        this.policies = policies;
        this.audit = audit;
    }

    public PublishingPolicy current(Actor actor) {
        actor.requireEveryAccount(Permission.READ);
        return held();
    }

    PublishingPolicy held() {
        return policies.find().orElse(PublishingPolicy.USUAL);
    }

    /** @throws dev.headroom.error.HeadroomException INVALID_INPUT, naming the field */
    @Transactional
    public PublishingPolicy set(Actor actor, PublishingPolicy wanted) {
        actor.requireEveryAccount(Permission.ADMIN);
        PublishingPolicy after = wanted.checked();
        PublishingPolicy before = policies.locked().orElse(PublishingPolicy.USUAL);
        if (!after.equals(before)) {
            policies.set(after);
            audit.changed(actor, "setPublishingPolicy", null, "publishingPolicy", "publishing", before, after);
        }
        return after;
    }
}
