package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.invoice.Invoice;
import dev.headroom.invoice.Invoices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Which invoice bills which change. */
@Controller
class InvoiceChangeController {

    private static final Actor.System SELF = new Actor.System("change");

    private final PlanChanges changes;
    private final Invoices invoices;

    InvoiceChangeController(PlanChanges changes, Invoices invoices) {
        this.changes = changes;
        this.invoices = invoices;
    }

    @BatchMapping(typeName = "Invoice")
    Map<Invoice, PlanChange> planChange(List<Invoice> of, @ContextValue Actor actor) {
        Map<Invoice, PlanChange> found = new HashMap<>();
        of.stream().collect(Collectors.groupingBy(Invoice::account)).forEach((account, theirs) -> found.putAll(planChange(actor, account, theirs)));
        return found;
    }

    private Map<Invoice, PlanChange> planChange(Actor actor, AccountId account, List<Invoice> theirs) {
        Map<String, PlanChange> billed = changes.billedBy(actor, account, theirs.stream().map(Invoice::stripeId).toList());
        return theirs.stream().filter(each -> billed.containsKey(each.stripeId())).collect(Collectors.toMap(each -> each, each -> billed.get(each.stripeId())));
    }

    /** One of which no event has told yet is read. */
    @SchemaMapping(typeName = "PlanChange")
    Optional<Invoice> billedOn(PlanChange change, @ContextValue Actor actor) {
        return Optional.ofNullable(change.invoice()).flatMap(id -> invoices.byStripeIds(actor, change.account(), List.of(id)).stream()
                .findFirst()
                .or(() -> invoices.refresh(SELF, id)));
    }
}
