package dev.headroom.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.revenue.Corrections.CorrectRevenue;
import dev.headroom.revenue.Corrections.CorrectRevenueResult;
import dev.headroom.revenue.Corrections.RevenueAgrees;
import dev.headroom.revenue.Corrections.RevenueCorrected;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class CorrectionController {

    private final Corrections corrections;
    private final Accounts accounts;

    CorrectionController(Corrections corrections, Accounts accounts) {
        this.corrections = corrections;
        this.accounts = accounts;
    }

    record CorrectRevenueInput(String idempotencyKey, String accountId, String reason) {

        private CorrectRevenue command() {
            return new CorrectRevenue(
                    idempotencyKey, Ids.parse(accountId).map(AccountId::new).orElseThrow(() -> HeadroomException.invalid("input.accountId", "Expected an id")), reason);
        }
    }

    @MutationMapping
    CorrectRevenueResult correctRevenue(@Argument CorrectRevenueInput input, @ContextValue Actor actor) {
        return corrections.correct(actor, input.command());
    }

    @SchemaMapping(typeName = "RevenueCorrected", field = "account")
    Account corrected(RevenueCorrected of, @ContextValue Actor actor) {
        return accounts.byId(actor, of.account());
    }

    @SchemaMapping(typeName = "RevenueAgrees", field = "account")
    Account agreeing(RevenueAgrees of, @ContextValue Actor actor) {
        return accounts.byId(actor, of.account());
    }
}
