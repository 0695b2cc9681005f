package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Grants.GrantResult;
import dev.headroom.error.Check;
import graphql.GraphQLContext;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

@Controller
class GrantController {

    private static final int MOST_GRANTS = 200;

    private final Grants grants;
    private final Accounts accounts;
    private final Catalog catalog;

    GrantController(Grants grants, Accounts accounts, Catalog catalog, BatchLoaderRegistry loaders) {
        this.grants = grants;
        this.accounts = accounts;
        this.catalog = catalog;
        loaders.<Newest, List<Grant>>forName("grants").registerMappedBatchLoader((Set<Newest> asked, BatchLoaderEnvironment environment) ->
                Mono.fromSupplier(() -> {
                    Actor actor = Objects.requireNonNull(environment.<GraphQLContext>getContext()).get("actor");
                    return Newest.read(asked, (of, most) -> grants.newest(actor, of, most));
                }));
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
    CompletableFuture<List<Grant>> ofAccount(Account account, @Argument int first, DataLoader<Newest, List<Grant>> grants) {
        return grants.load(new Newest(account.id(), Math.toIntExact(Check.between("first", first, 1, MOST_GRANTS))));
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
