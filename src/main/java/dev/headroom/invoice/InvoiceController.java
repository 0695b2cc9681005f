package dev.headroom.invoice;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.invoice.Invoice.Status;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class InvoiceController {

    private static final int LARGEST_PAGE = 100;

    private final Invoices invoices;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    InvoiceController(Invoices invoices, Subscriptions subscriptions, InstantSource clock) {
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(Invoice node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    /** One row more than asked for tells whether another page follows. */
    @SchemaMapping(typeName = "Account")
    Page invoices(
            Account account, @Argument int first, @Argument @Nullable String after, @Argument @Nullable Status status, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<Invoice> found = invoices.page(actor, account.id(), status, cursor(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(invoice -> new Edge(invoice, invoice.id().toString())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static @Nullable UUID cursor(@Nullable String after) {
        return after == null ? null : Ids.parse(after).orElseThrow(() -> HeadroomException.invalid("after", "Expected the endCursor of the page before"));
    }

    @SchemaMapping(typeName = "Account")
    Invoice invoice(Account account, @Argument String id, @ContextValue Actor actor) {
        UUID wanted = Ids.parse(id).orElseThrow(() -> HeadroomException.notFound("id", "No such invoice"));
        return invoices.byId(actor, account.id(), wanted);
    }

    @SchemaMapping(typeName = "Account")
    List<Invoice> owedInvoices(Account account, @ContextValue Actor actor) {
        return invoices.owed(actor, account.id());
    }

    @SchemaMapping(typeName = "Invoice")
    boolean overdue(Invoice invoice) {
        return invoice.overdue(clock.instant());
    }

    @SchemaMapping(typeName = "Invoice")
    Optional<AccountSubscription> subscription(Invoice invoice, @ContextValue Actor actor) {
        return Optional.ofNullable(invoice.subscriptionId()).map(id -> subscriptions.byId(actor, invoice.account(), id));
    }
}
