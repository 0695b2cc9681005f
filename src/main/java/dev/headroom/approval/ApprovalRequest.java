package dev.headroom.approval;

import dev.headroom.account.AccountId;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that somebody asked to be allowed, and what became of it.
 *
 * @param state     as it stands now, by the time as well
 * @param version   raised by whatever is decided about it; a decision names the one that it is about
 * @param reasons   why it needs approval
 * @param reason    why it is wanted, in the words of who asked
 * @param expiresAt exclusive: of the wait for a decision, and after it of what was agreed
 * @param change    the plan change that was made of it, or is being made
 */
public record ApprovalRequest(
        AccountId account, UUID id, SubscriptionId subscription, ApprovalState state, int version, Deal asked, List<ApprovalReason> reasons, String reason,
        String askedBy, Instant askedAt, Instant expiresAt, @Nullable Decision decision, @Nullable UUID change, @Nullable Instant acceptedAt) {

    public ApprovalRequest {
        reasons = List.copyOf(reasons);
    }

    /** Where a request stands. */
    public enum ApprovalState {
        /** Waits for a decision. */
        REQUESTED,
        /** Agreed to as it was asked for; can be accepted. */
        APPROVED,
        /** Agreed to on other terms; can be accepted. */
        COUNTERED,
        /** Refused. */
        REJECTED,
        /** Taken back by who asked. */
        WITHDRAWN,
        /** Nobody decided, or accepted, in time. */
        EXPIRED,
        /** Accepted: the change is made, or being made. */
        ACCEPTED;

        /** Whether something can still become of it. */
        public boolean open() {
            return this == REQUESTED || agreed();
        }

        /** Whether it can be accepted. */
        public boolean agreed() {
            return this == APPROVED || this == COUNTERED;
        }
    }

    /** @param agreed absent where it was refused */
    public record Decision(@Nullable Deal agreed, String comment, String by, Instant at) {}

    /** Who asks and why, before it is known whether there is anything to ask for. */
    record Asking(UUID id, String reason, String by) {

        ApprovalRequest of(AccountSubscription subscription, Deal wished, List<ApprovalReason> reasons, Instant at, Instant until) {
            return new ApprovalRequest(
                    subscription.account(), id, subscription.id(), ApprovalState.REQUESTED, 1, wished, reasons, reason, by, at, until, null, null, null);
        }
    }

    /** What can be accepted; empty unless it was agreed to. */
    public Optional<Deal> agreed() {
        return Optional.ofNullable(decision).map(Decision::agreed);
    }

    /** Whether the same is wished again, and is still the same. */
    boolean isFor(Deal wished) {
        return asked.change().equals(wished.change()) && Objects.equals(asked.discount(), wished.discount()) && asked.sells(wished);
    }

    ApprovalRequest decided(ApprovalState as, Decision how, Instant until) {
        return new ApprovalRequest(account, id, subscription, as, version + 1, asked, reasons, reason, askedBy, askedAt, until, how, null, null);
    }

    ApprovalRequest withdrawn() {
        return new ApprovalRequest(
                account, id, subscription, ApprovalState.WITHDRAWN, version + 1, asked, reasons, reason, askedBy, askedAt, expiresAt, decision, null, null);
    }
}
