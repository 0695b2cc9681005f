package dev.headroom.quote;

import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.quote.AccountOffers.AccountOffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class AccountOfferController {

    private final AccountOffers offers;
    private final Accounts accounts;
    private final InstantSource clock;

    AccountOfferController(AccountOffers offers, Accounts accounts, InstantSource clock) {
        this.offers = offers;
        this.accounts = accounts;
        this.clock = clock;
    }

    @QueryMapping
    List<AccountOffer> accountOffers(@Argument @Nullable String account, @Argument @Nullable Instant at, @ContextValue Actor actor) {
        return offers.at(actor, accounts.meant(actor, account).id(), Objects.requireNonNullElseGet(at, clock::instant));
    }
}
