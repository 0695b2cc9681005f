package dev.headroom.rollout;

import dev.headroom.draft.DraftId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks to put a draft on sale.
 *
 * @param revision     of the draft that was read
 * @param impact       that was looked at
 * @param confirmation the key of the plan, typed, where that is wanted
 */
public record PublishDraft(
        String idempotencyKey, DraftId draft, int revision, UUID impact, RolloutChoice rollout, @Nullable String confirmation, String reason) {}
