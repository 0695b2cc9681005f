package dev.headroom.quote;

import dev.headroom.actor.Actor;
import dev.headroom.invoice.Invoice;
import dev.headroom.invoice.Invoices;
import dev.headroom.quote.QuoteResult.ChangeOnHold;
import dev.headroom.quote.QuoteResult.PaymentPastDue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The ways out of what keeps a subscription from being changed. */
@Controller
class ObstacleController {

    private final Invoices invoices;

    ObstacleController(Invoices invoices) {
        this.invoices = invoices;
    }

    @SchemaMapping(typeName = "PaymentPastDue")
    @Nullable String invoiceUrl(PaymentPastDue unpaid) {
        return unpaid.subscription().collection().invoiceUrl();
    }

    @SchemaMapping(typeName = "PaymentPastDue")
    Optional<Invoice> invoice(PaymentPastDue unpaid, @ContextValue Actor actor) {
        return invoices.owed(actor, unpaid.subscription().account(), unpaid.subscription().id());
    }

    @SchemaMapping(typeName = "ChangeOnHold")
    Optional<Invoice> invoice(ChangeOnHold held, @ContextValue Actor actor) {
        return switch (held.hold()) {
            case PAYMENT_DISPUTED -> invoices.disputed(actor, held.subscription().account(), held.subscription().id());
            case COLLECTION_PAUSED, COMMITTED -> Optional.empty();
        };
    }
}
