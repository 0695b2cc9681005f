package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.revenue.CorrectionBookings.Corrected;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts an account right of which the ledger says something else than follows from its history: the difference is booked, with its reason, and what was booked before stays. For whoever
 * may see REVENUE and may ADMIN too, because it cannot be taken back.
 */
@Service
class Corrections {

    private static final String CORRECT = "correctRevenue";
    private static final int MOST_DIFFERENCES = 20;

    private final CorrectionBookings bookings;
    private final LedgerCorrectionRepository corrections;
    private final Accounts accounts;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;

    Corrections(CorrectionBookings bookings, LedgerCorrectionRepository corrections, Accounts accounts, IdempotencyKeys keys, AuditEntries audit) {
        this.bookings = bookings;
        this.corrections = corrections;
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
    }

    /** @param reason for people; shown with the entry in the audit log */
    record CorrectRevenue(String idempotencyKey, AccountId account, String reason) {}

    /** What came of {@link CorrectRevenue}. */
    sealed interface CorrectRevenueResult {}

    /** @param movements that were booked; none where only names and months differ, which stay as they were booked */
    record RevenueCorrected(AccountId account, List<RevenueMovement> movements) implements CorrectRevenueResult {}

    /** Nothing differs, and nothing was done. */
    record RevenueAgrees(AccountId account) implements CorrectRevenueResult {}

    /** @throws dev.headroom.error.HeadroomException NOT_FOUND; INVALID_INPUT, naming the field */
    @Transactional
    public CorrectRevenueResult correct(Actor actor, CorrectRevenue command) {
        actor.requireEveryAccount(Permission.REVENUE);
        actor.requireEveryAccount(Permission.ADMIN);
        AccountId account = accounts.byId(actor, command.account()).id();
        String reason = Check.text("input.reason", command.reason());
        UUID id = Ids.next();
        if (keys.claim(actor, CORRECT, command.idempotencyKey(), command, id) instanceof Claim.Repeat(UUID made)) {
            return new RevenueCorrected(account, corrections.movements(account, made));
        }
        Corrected corrected = bookings.correct(account, id, reason, actor.name());
        if (corrected.differences().isEmpty()) {
            keys.release(actor, CORRECT, command.idempotencyKey());
            return new RevenueAgrees(account);
        }
        List<RevenueMovement> movements = corrected.caughtUp() ? List.of() : corrections.movements(account, id);
        audit.changed(
                actor, CORRECT, account.value(), "revenueCorrection", id, Map.of("differences", corrected.differences().stream().limit(MOST_DIFFERENCES).toList()),
                Map.of("movements", movements.size()), reason);
        return new RevenueCorrected(account, movements);
    }
}
