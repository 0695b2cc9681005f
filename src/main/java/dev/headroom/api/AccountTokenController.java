package dev.headroom.api;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.identity.AccountTokens;
import dev.headroom.identity.AccountTokens.MintedToken;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class AccountTokenController {

    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(15);

    private final Accounts accounts;
    private final Members members;
    private final AccountTokens tokens;

    AccountTokenController(Accounts accounts, Members members, AccountTokens tokens) {
        this.accounts = accounts;
        this.members = members;
        this.tokens = tokens;
    }

    record NewAccountToken(String account, String member, Set<Permission> permissions, @Nullable Integer lifetimeSeconds) {}

    @MutationMapping
    MintedToken createAccountToken(@Argument NewAccountToken input, @ContextValue Actor actor) {
        Account account = accounts.meant(actor, input.account());
        Member member = members.byKey(actor, account.id(), input.member());
        Duration lifetime = Optional.ofNullable(input.lifetimeSeconds()).map(Duration::ofSeconds).orElse(USUAL_LIFETIME);
        return tokens.mint(actor, account.id().value(), member.id(), input.permissions(), lifetime);
    }
}
