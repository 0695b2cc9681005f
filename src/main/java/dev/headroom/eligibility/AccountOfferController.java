package dev.headroom.eligibility;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class AccountOfferController {

    private final AccountOffers offers;
    private final Accounts accounts;

    AccountOfferController(AccountOffers offers, Accounts accounts) {
        this.offers = offers;
        this.accounts = accounts;
    }

    @QueryMapping
    List<AccountOffer> accountOffers(@Argument @Nullable String account, @Argument @Nullable Instant at, @ContextValue Actor actor) {
        AccountId meant = accounts.meant(actor, account).id();
        return at == null ? offers.now(actor, meant) : offers.at(actor, meant, at);
    }
}
