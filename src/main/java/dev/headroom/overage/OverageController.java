package dev.headroom.overage;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.quote.Quote;
import java.util.List;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class OverageController {

    private final OverageCharges charges;

    OverageController(OverageCharges charges) {
        this.charges = charges;
    }

    @SchemaMapping(typeName = "Account")
    List<OverageCharge> overageCharges(Account account, @ContextValue Actor actor) {
        return charges.of(actor, account.id());
    }

    @SchemaMapping(typeName = "Quote")
    List<OverageCharge> overageCharges(Quote quote, @ContextValue Actor actor) {
        return charges.of(actor, quote.subscription());
    }
}
