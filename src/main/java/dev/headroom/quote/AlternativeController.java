package dev.headroom.quote;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Alternatives.Compared;
import dev.headroom.subscription.RequestedChange;
import graphql.GraphQLContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Many changes of many accounts, whose facts are read together however the accounts were reached. */
@Controller
class AlternativeController {

    private static final int MOST_ACCOUNTS = 100;

    private final Alternatives alternatives;
    private final Accounts accounts;

    AlternativeController(Alternatives alternatives, Accounts accounts, BatchLoaderRegistry loaders) {
        this.alternatives = alternatives;
        this.accounts = accounts;
        loaders.<Asked, Compared>forName("alternatives").registerMappedBatchLoader((Set<Asked> asked, BatchLoaderEnvironment environment) ->
                Mono.fromSupplier(() -> compared(Objects.requireNonNull(environment.<GraphQLContext>getContext()).get("actor"), asked)));
    }

    /** What is asked about one account. */
    record Asked(AccountId account, Optional<List<RequestedChange>> changes) {}

    private Map<Asked, Compared> compared(Actor actor, Set<Asked> asked) {
        Map<Asked, Compared> compared = new HashMap<>();
        asked.stream().map(Asked::changes).distinct().forEach(changes -> {
            List<AccountId> same = asked.stream().filter(each -> each.changes().equals(changes)).map(Asked::account).toList();
            alternatives.of(actor, same, changes.orElse(null)).forEach((account, found) -> compared.put(new Asked(account, changes), found));
        });
        return compared;
    }

    @SchemaMapping(typeName = "Account")
    CompletableFuture<Compared> alternatives(
            Account account, @Argument @Nullable List<RequestedChange> changes, DataLoader<Asked, Compared> alternatives) {
        return alternatives.load(new Asked(account.id(), Optional.ofNullable(changes)));
    }

    @QueryMapping
    List<Compared> alternatives(@Argument("accounts") List<String> keys, @Argument @Nullable List<RequestedChange> changes, @ContextValue Actor actor) {
        Check.between("accounts", keys.size(), 1, MOST_ACCOUNTS);
        Map<String, Account> known = accounts.byKeys(actor, keys);
        List<AccountId> asked = keys.stream().map(key -> Optional.ofNullable(known.get(key))
                .orElseThrow(() -> HeadroomException.notFound("accounts", "No account has the key \"" + key + "\"")).id()).toList();
        Map<AccountId, Compared> compared = alternatives.of(actor, Set.copyOf(asked), changes);
        return asked.stream().map(compared::get).map(Objects::requireNonNull).toList();
    }

    @SchemaMapping(typeName = "AccountAlternatives")
    Account account(Compared of, @ContextValue Actor actor) {
        return accounts.byId(actor, of.account());
    }
}
