package dev.headroom.storefront;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Currencies;
import dev.headroom.storefront.PricingTable.Listed;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class PricingTableController {

    private final PricingTables tables;

    PricingTableController(PricingTables tables) {
        this.tables = tables;
    }

    @QueryMapping
    Optional<PricingTable> pricingTable(@Argument String product, @Argument @Nullable String currency, @Argument @Nullable String account, @ContextValue Actor actor) {
        Currency wanted = currency == null ? null : parsed(currency);
        return account == null ? tables.of(actor, product, wanted) : tables.of(actor, account, product, wanted);
    }

    private static Currency parsed(String currency) {
        try {
            return Currencies.parse(currency);
        } catch (IllegalArgumentException unknown) {
            throw HeadroomException.invalid("currency", Objects.requireNonNullElse(unknown.getMessage(), "Not a currency"));
        }
    }

    @SchemaMapping(typeName = "PricingTable")
    String currency(PricingTable table) {
        return table.currency().getCurrencyCode();
    }

    @SchemaMapping(typeName = "PricingTable")
    List<String> currencies(PricingTable table) {
        return table.currencies().stream().map(Currency::getCurrencyCode).toList();
    }

    @SchemaMapping(typeName = "ListedAddOn")
    Plan addOn(Listed listed) {
        return listed.plan();
    }

    @SchemaMapping(typeName = "ListedAddOn")
    List<PlanEntitlement> grants(Listed listed) {
        return listed.adds();
    }
}
