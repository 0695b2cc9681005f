package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.invoice.Invoice;
import dev.headroom.invoice.Invoices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.stereotype.Controller;

@Controller
class MovementInvoiceController {

    private final Invoices invoices;

    MovementInvoiceController(Invoices invoices) {
        this.invoices = invoices;
    }

    @BatchMapping(typeName = "RevenueMovement")
    Map<RevenueMovement, Invoice> invoice(List<RevenueMovement> of, @ContextValue Actor actor) {
        Map<UUID, AccountId> accounts = new HashMap<>();
        of.stream().filter(each -> each.invoiceId() != null).forEach(each -> accounts.put(each.invoiceId(), each.account()));
        Map<UUID, Invoice> known = invoices.byIds(actor, accounts);
        return of.stream().filter(each -> each.invoiceId() != null && known.containsKey(each.invoiceId()))
                .collect(Collectors.toMap(Function.identity(), each -> known.get(each.invoiceId())));
    }
}
