package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class EntitlementController {

    static final int MOST_FEATURES = 100;
    private static final int MOST_ACCOUNTS = 100;

    private final Accounts accounts;
    private final Entitlements entitlements;

    EntitlementController(Accounts accounts, Entitlements entitlements) {
        this.accounts = accounts;
        this.entitlements = entitlements;
    }

    /** @param unknown whether the database cannot be reached, and this node was never asked about the account before */
    record OfAccount(Account account, List<Entitlement> entitlements, boolean unknown) {}

    @QueryMapping
    Entitlement entitlement(
            @Argument @Nullable String account, @Argument String feature, @Argument @Nullable Long requested, @Argument @Nullable String consistencyToken,
            @ContextValue Actor actor) {
        return entitlements.check(actor, accounts.meant(actor, account).id(), List.of(feature), requested, consistencyToken).getFirst();
    }

    @QueryMapping
    List<OfAccount> entitlements(
            @Argument("accounts") List<String> keys, @Argument @Nullable List<String> features, @Argument @Nullable Long requested,
            @Argument @Nullable List<String> consistencyTokens, @ContextValue Actor actor) {
        Check.between("accounts", keys.size(), 1, MOST_ACCOUNTS);
        checkFeatures(features);
        List<String> tokens = Objects.requireNonNullElse(consistencyTokens, List.of());
        Check.between("consistencyTokens", tokens.size(), 0, MOST_ACCOUNTS);
        Map<String, Account> known = accounts.byKeys(actor, keys);
        List<Account> asked = keys.stream().map(key -> Optional.ofNullable(known.get(key))
                .orElseThrow(() -> HeadroomException.notFound("accounts", "No account has the key \"" + key + "\""))).toList();
        Map<AccountId, List<Entitlement>> answers = entitlements.check(actor, asked.stream().map(Account::id).toList(), features, requested, tokens);
        return asked.stream().map(account -> new OfAccount(
                account, answers.getOrDefault(account.id(), List.of()), !answers.containsKey(account.id()))).toList();
    }

    @SchemaMapping(typeName = "Account")
    List<Entitlement> entitlements(
            Account account, @Argument @Nullable List<String> features, @Argument @Nullable Long requested, @Argument @Nullable String consistencyToken,
            @ContextValue Actor actor) {
        checkFeatures(features);
        return entitlements.check(actor, account.id(), features, requested, consistencyToken);
    }

    static void checkFeatures(@Nullable List<String> features) {
        if (features != null) {
            Check.between("features", features.size(), 1, MOST_FEATURES);
        }
    }

    @SchemaMapping(typeName = "Account")
    String consistencyToken(Account account, @ContextValue Actor actor) {
        return entitlements.consistencyToken(actor, account.id());
    }

    @SchemaMapping(typeName = "Account")
    List<Meter> meters(Account account, @Argument @Nullable List<String> features, @ContextValue Actor actor) {
        checkFeatures(features);
        return entitlements.meters(actor, account.id(), features);
    }
}
