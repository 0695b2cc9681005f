package dev.headroom.rollout;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.csv.CsvLine;
import dev.headroom.rollout.MoveRepository.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Everybody of a roll-out as a file, whatever page of it is looked at. */
@Service
public class RolloutDownloads {

    private static final int WRITTEN_AT_ONCE = 2_000;
    private static final Object[] COLUMNS = {
        "account", "name", "subscription", "state", "reason", "detail", "version_before", "interval", "quantity", "currency", "recurring_before_minor",
        "recurring_after_minor", "mrr_before_minor", "mrr_after_minor", "mrr_before", "mrr_after", "notified_at", "not_before", "due_at", "change", "changed_at"};

    private final Rollouts rollouts;
    private final Accounts accounts;
    private final Catalog catalog;

    RolloutDownloads(Rollouts rollouts, Accounts accounts, Catalog catalog) {
        this.rollouts = rollouts;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    /**
     * As lines of comma-separated values with a heading; read a few thousand at a time.
     *
     * @param state absent for every one
     * @throws dev.headroom.error.HeadroomException NOT_FOUND
     */
    public void write(Actor actor, UUID id, RolloutMove.@Nullable State state, Consumer<String> out) {
        Rollout rollout = rollouts.byId(actor, id);
        out.accept(CsvLine.of(COLUMNS));
        List<RolloutMove> page;
        @Nullable Place after = null;
        do {
            page = rollouts.moves(actor, rollout.id(), state, after, WRITTEN_AT_ONCE);
            after = page.isEmpty() ? null : Place.of(page.getLast());
            Map<AccountId, Account> owners = accounts.byIds(actor, page.stream().map(RolloutMove::account).distinct().toList());
            page.forEach(move -> out.accept(line(move, Optional.ofNullable(owners.get(move.account())))));
        } while (page.size() == WRITTEN_AT_ONCE);
    }

    private String line(RolloutMove move, Optional<Account> owner) {
        return CsvLine.of(
                owner.map(Account::key).orElse(null), owner.map(Account::name).orElse(null), move.subscription(), move.state(), move.reason(), move.detail(),
                catalog.snapshot().version(move.look().has()).number(), move.interval(), move.quantity(), move.mrrBefore().currency(), move.recurringBefore().minor(),
                move.recurringAfter().minor(), move.mrrBefore().minor(), move.mrrAfter().minor(), move.mrrBefore().major(), move.mrrAfter().major(), move.notifiedAt(),
                move.notBefore(), move.dueAt(), move.work().change(), move.changedAt());
    }
}
