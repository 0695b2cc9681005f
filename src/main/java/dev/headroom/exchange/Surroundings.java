package dev.headroom.exchange;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import dev.headroom.exchange.Known.May;
import dev.headroom.policy.Policies;
import dev.headroom.rollout.PublishingPolicies;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Reads everything that a file is compared with: from the database, for what is about to be written is not compared with what is remembered. */
@Service
class Surroundings {

    private static final Actor.System SELF = new Actor.System("exchange");

    private final Catalog catalog;
    private final Policies policies;
    private final Bundles bundles;
    private final Drafts drafts;
    private final Accounts accounts;
    private final PublishingPolicies publishing;

    Surroundings(Catalog catalog, Policies policies, Bundles bundles, Drafts drafts, Accounts accounts, PublishingPolicies publishing) {
        this.accounts = accounts;
        this.publishing = publishing;
        this.catalog = catalog;
        this.policies = policies;
        this.bundles = bundles;
        this.drafts = drafts;
    }

    /** As the transaction of the caller sees it. */
    Known known(Actor actor) {
        CatalogSnapshot snapshot = catalog.current();
        Set<PlanId> there = plans(snapshot).map(Plan::id).collect(toSet());
        List<Draft> open = drafts.everyOpen(actor);
        return new Known(
                snapshot, policies.current(), bundles.current(),
                open.stream().filter(draft -> there.contains(draft.subject().plan())).collect(toMap(draft -> draft.subject().plan(), Function.identity())),
                open.stream().filter(draft -> !there.contains(draft.subject().plan())).collect(toMap(draft -> draft.subject().key(), Function.identity())),
                new May(actor.permissions().contains(Permission.PUBLISH), publishing.unprepared(actor)), accounts(snapshot));
    }

    private static Stream<Plan> plans(CatalogSnapshot of) {
        return Stream.concat(of.plans().stream(), of.addOns().stream());
    }

    /** Whoever may write the catalogue down may know whose own prices it has. */
    private Map<UUID, String> accounts(CatalogSnapshot of) {
        List<AccountId> owners = plans(of).flatMap(plan -> Stream.ofNullable(plan.own())).map(own -> new AccountId(own.account())).distinct().toList();
        return owners.isEmpty() ? Map.of() : accounts.byIds(SELF, owners).values().stream().collect(toMap(account -> account.id().value(), Account::key));
    }

    OtherModules others() {
        return new OtherModules(policies, bundles, accounts);
    }
}
