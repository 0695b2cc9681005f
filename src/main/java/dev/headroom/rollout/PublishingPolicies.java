package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog.SoldUnprepared;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What publishing is held to: said by whoever administers, read by whoever publishes. */
@Service
public class PublishingPolicies {

    /** What its audit entries are about, as they call it, and which one of those. */
    public static final String SUBJECT = "publishingPolicy";

    public static final String ONLY = "publishing";

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

    /** Whether somebody may sell what they have prepared themselves; the product itself may, which nobody reads after. */
    public boolean unprepared(Actor actor) {
        return actor.permissions().contains(Permission.PUBLISH) && (actor instanceof Actor.System || held().editorMayPublish());
    }

    /** @throws HeadroomException FORBIDDEN, with which nothing was sold */
    @EventListener
    void hold(SoldUnprepared event) {
        if (!unprepared(event.actor())) {
            throw HeadroomException.forbidden("Here nobody puts on sale what they prepared themselves, and this would be both at once: open a draft, and have somebody else publish it");
        }
    }

    PublishingPolicy held() {
        return policies.find().orElse(PublishingPolicy.USUAL);
    }

    /** @throws HeadroomException INVALID_INPUT, naming the field */
    @Transactional
    public PublishingPolicy set(Actor actor, PublishingPolicy wanted) {
        actor.requireEveryAccount(Permission.ADMIN);
        return put(actor, policies.locked(), wanted.checked());
    }

    /**
     * The same of whoever has read what holds, so that nobody undoes what somebody else has said meanwhile.
     *
     * @throws HeadroomException INVALID_INPUT, naming the field; CONFLICT where something else holds than was read
     */
    @Transactional
    public PublishingPolicy replace(Actor actor, PublishingPolicy read, PublishingPolicy wanted) {
        actor.requireEveryAccount(Permission.ADMIN);
        PublishingPolicy after = wanted.checked();
        PublishingPolicy before = policies.locked();
        if (!before.equals(read)) {
            throw HeadroomException.of(ErrorCode.CONFLICT, null, "Somebody else has changed what publishing is held to meanwhile: look at it again");
        }
        return put(actor, before, after);
    }

    private PublishingPolicy put(Actor actor, PublishingPolicy before, PublishingPolicy after) {
        if (!after.equals(before)) {
            policies.set(after);
            audit.changed(actor, "setPublishingPolicy", null, SUBJECT, ONLY, before, after);
        }
        return after;
    }
}
