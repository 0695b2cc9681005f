package dev.headroom.console.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeRecords;
import dev.headroom.console.SignedIn;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollouts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** What was begun and came to nothing, or does not go on, while nobody was there to see it. */
@Service
class Unfinished {

    private static final int MOST = 5;
    private static final Duration RECENT = Duration.ofDays(14);
    /** Longer than Stripe is ever asked for one change while it answers. */
    private static final Duration LONG = Duration.ofHours(1);

    private final Rollouts rollouts;
    private final PlanChangeRecords changes;
    private final Accounts accounts;
    private final Catalog catalog;
    private final InstantSource clock;

    Unfinished(Rollouts rollouts, PlanChangeRecords changes, Accounts accounts, Catalog catalog, InstantSource clock) {
        this.rollouts = rollouts;
        this.changes = changes;
        this.accounts = accounts;
        this.catalog = catalog;
        this.clock = clock;
    }

    Stream<Need> rollouts(SignedIn signedIn) {
        if (!signedIn.may(Permission.CATALOG)) {
            return Stream.empty();
        }
        List<Rollout> pressing = rollouts.pressing(signedIn.actor(), clock.instant().minus(RECENT), MOST);
        Map<UUID, Counts> counts = pressing.isEmpty() ? Map.of() : rollouts.counts(signedIn.actor(), pressing.stream().map(Rollout::id).toList());
        CatalogSnapshot known = catalog.snapshot();
        return pressing.stream().map(rollout -> need(rollout, counts.get(rollout.id()), known));
    }

    private static Need need(Rollout rollout, Counts counts, CatalogSnapshot known) {
        String plan = known.plan(rollout.plan()).or(() -> known.addOn(rollout.plan())).map(Plan::name).orElse(rollout.plan());
        String address = "rollouts/" + rollout.id();
        return switch (rollout.state()) {
            case FAILED -> new Need(
                    translate("overview.publication", plan, rollout.number()), translate("overview.publication.why", Objects.requireNonNullElse(rollout.failure(), "")), address);
            case PAUSED -> new Need(translate("overview.paused", plan, rollout.number()), translate("overview.paused.why", counts.waiting() + counts.notified()), address);
            case SCHEDULED, RUNNING, STOPPED, DONE, CANCELED -> new Need(
                    translate("overview.unmoved", counts.failed(), plan, rollout.number()), translate("overview.unmoved.why"), address);
        };
    }

    Stream<Need> changes(SignedIn signedIn) {
        Instant now = clock.instant();
        List<PlanChange> stuck = changes.stuck(signedIn.actor(), now.minus(LONG), now.minus(RECENT), MOST);
        Map<AccountId, Account> owners = stuck.isEmpty() ? Map.of() : accounts.byIds(signedIn.actor(), stuck.stream().map(PlanChange::account).distinct().toList());
        return stuck.stream().filter(change -> owners.containsKey(change.account())).map(change -> need(change, owners.get(change.account())));
    }

    private static Need need(PlanChange change, Account account) {
        String address = "accounts/" + account.key() + "/changes/" + change.id();
        return change.decidedAt() == null
                ? new Need(translate("overview.unanswered", account.name()), translate("overview.unanswered.why"), address)
                : new Need(translate("overview.unmade", account.name()), translate("overview.unmade.why"), address);
    }
}
