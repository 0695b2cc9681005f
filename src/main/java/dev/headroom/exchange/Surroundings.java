package dev.headroom.exchange;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.draft.Drafts;
import dev.headroom.policy.Policies;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    Surroundings(Catalog catalog, Policies policies, Bundles bundles, Drafts drafts, Accounts accounts) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.policies = policies;
        this.bundles = bundles;
        this.drafts = drafts;
    }

    /** As the transaction of the caller sees it. */
    Known known(Actor actor) {
        CatalogSnapshot snapshot = catalog.current();
        return new Known(
                snapshot, policies.current(), bundles.current(),
                drafts.openOf(actor, plans(snapshot).map(Plan::id).toList()), accounts(snapshot));
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
