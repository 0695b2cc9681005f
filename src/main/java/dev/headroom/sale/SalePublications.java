package dev.headroom.sale;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.rollout.PublishingPolicies;
import dev.headroom.sale.PublishSaleDraftResult.SaleDraftPublished;
import dev.headroom.sale.PublishSaleDraftResult.SaleLookNotUsable;
import dev.headroom.sale.PublishSaleDraftResult.SalePublisherIsEditor;
import dev.headroom.sale.SaleDraft.Mark;
import dev.headroom.sale.SaleDraft.State;
import dev.headroom.sale.SaleLookRepository.Kept;
import dev.headroom.sale.SaleLookRepository.Seen;
import dev.headroom.sale.SaleReadings.Asked;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts drafts of offers and bundles live: none that nobody has looked at, and none against what the vendor holds publishing to. */
@Service
public class SalePublications {

    private static final String OPERATION = "publishSaleDraft";
    private static final Actor.System SELF = new Actor.System("sale");

    private final SaleDraftRepository drafts;
    private final SaleReadings readings;
    private final SaleLooks looks;
    private final SaleActs acts;
    private final PublishingPolicies policies;
    private final IdempotencyKeys keys;
    private final InstantSource clock;

    SalePublications(
            SaleDraftRepository drafts, SaleReadings readings, SaleLooks looks, SaleActs acts, PublishingPolicies policies, IdempotencyKeys keys, InstantSource clock) {
        this.drafts = drafts;
        this.readings = readings;
        this.looks = looks;
        this.acts = acts;
        this.policies = policies;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Asks to put a draft live.
     *
     * @param revision that was read
     * @param look     that showed whom it concerns; absent is one that nobody knows
     */
    public record PublishSaleDraft(String idempotencyKey, UUID draft, int revision, @Nullable UUID look, String reason) {}

    /**
     * Puts a draft live, at once; the same key again answers the same. Two who do so in the same moment come one after the other, and the second finds it not open.
     *
     * @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field
     */
    @Transactional
    public PublishSaleDraftResult publish(Actor actor, PublishSaleDraft command) {
        actor.requireEveryAccount(Permission.PUBLISH);
        Check.text("input.reason", command.reason());
        SaleDraft draft = drafts.locked(command.draft()).orElseThrow(SaleDrafts::unknown);
        return switch (keys.claim(actor, OPERATION, command.idempotencyKey(), command, draft.id())) {
            case Claim.Repeat _ -> new SaleDraftPublished(draft);
            case Claim.First() -> {
                PublishSaleDraftResult result = decided(actor, command, draft);
                if (!(result instanceof SaleDraftPublished)) {
                    keys.release(actor, OPERATION, command.idempotencyKey());
                }
                yield result;
            }
        };
    }

    private PublishSaleDraftResult decided(Actor actor, PublishSaleDraft command, SaleDraft draft) {
        if (!draft.open()) {
            return new SaleDraftNotOpen(draft);
        }
        if (draft.revision() != command.revision()) {
            return new SaleDraftEditedSince(draft);
        }
        Asked asked = readings.of(draft);
        if (!asked.findings().isEmpty()) {
            return new SaleDraftHasFindings(draft, asked.findings());
        }
        if (!policies.current(SELF).editorMayPublish() && drafts.editors(draft.id()).contains(actor.name())) {
            return new SalePublisherIsEditor(draft);
        }
        Optional<Kept> look = looks.find(command.look());
        return looks.flaw(draft, look).<PublishSaleDraftResult>map(SaleLookNotUsable::new)
                .orElseGet(() -> put(actor, command, draft, asked, look.orElseThrow().seen()));
    }

    private PublishSaleDraftResult put(Actor actor, PublishSaleDraft command, SaleDraft draft, Asked asked, Seen seen) {
        List<SaleChange> changes = readings.changes(draft);
        acts.carryOut(actor, draft, asked);
        SaleDraft after = draft.turned(State.PUBLISHED, new Mark(actor.name(), clock.instant()));
        drafts.update(after);
        acts.record(actor, draft, changes, seen, command.reason());
        return new SaleDraftPublished(after);
    }
}
