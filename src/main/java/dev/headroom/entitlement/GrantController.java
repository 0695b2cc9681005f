package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Grants.GrantResult;
import dev.headroom.error.Check;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class GrantController {

    private static final int MOST_GRANTS = 200;

    private final Grants grants;
    private final Accounts accounts;
    private final Catalog catalog;

    GrantController(Grants grants, Accounts accounts, Catalog catalog) {
        this.grants = grants;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    record Revoke(String grant, String reason) {}

    @MutationMapping
    GrantResult grantFeature(@Argument GrantFeature input, @ContextValue Actor actor) {
        return grants.grant(actor, input);
    }

    @MutationMapping
    GrantResult revokeGrant(@Argument Revoke input, @ContextValue Actor actor) {
        return grants.revoke(actor, input.grant(), input.reason());
    }

    @SchemaMapping(typeName = "Account", field = "grants")
    List<Grant> ofAccount(Account account, @Argument int first, @ContextValue Actor actor) {
        return grants.ofAccount(actor, account.id(), Math.toIntExact(Check.between("first", first, 1, MOST_GRANTS)));
    }

    @SchemaMapping(typeName = "Grant")
    Feature feature(Grant grant) {
        return catalog.snapshot().feature(grant.feature());
    }

    @SchemaMapping(typeName = "Grant")
    Account account(Grant grant, @ContextValue Actor actor) {
        return accounts.byId(actor, grant.account());
    }

    @SchemaMapping(typeName = "Grant")
    Grant.State state(Grant grant) {
        return grants.state(grant);
    }
}
