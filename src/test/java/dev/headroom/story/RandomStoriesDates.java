package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Invoice;
import dev.headroom.change.PlanChange;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.RequestedChange.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an account was promised for dates, until it is seen what came of it: billed then to the cent, or not at all. */
final class RandomStoriesDates {

    private record Promised(UUID quote, long due, long total, boolean billed) {}

    private final List<Promised> promises = new ArrayList<>();

    void accepted(Quote quote) {
        if (quote.when() == When.AT_DATE) {
            var invoice = quote.quotation().now();
            promises.add(new Promised(quote.id(), invoice.due().minor(), invoice.total().minor(), !invoice.lines().isEmpty()));
        }
    }

    /** How those ended that have ended since. */
    List<String> ended(List<PlanChange> history, List<Invoice> invoices) {
        List<String> ended = new ArrayList<>();
        for (Promised promised : List.copyOf(promises)) {
            Optional<PlanChange> over = history.stream().filter(each -> each.promise().quote().equals(promised.quote()) && each.decidedAt() != null).findFirst();
            over.ifPresent(change -> {
                promises.remove(promised);
                kept(promised, change, invoices);
                ended.add("a date ended " + change.state() + (change.failureCode() == null ? "" : " for " + change.failureCode()));
            });
        }
        return ended;
    }

    private static void kept(Promised promised, PlanChange change, List<Invoice> invoices) {
        assertThat(change.state()).as("%s %s", change.failureCode(), change.failureMessage()).isNotEqualTo(PlanChange.State.MISMATCHED);
        if (change.state() == PlanChange.State.APPLIED && promised.billed()) {
            Invoice invoice = invoices.stream().filter(each -> each.getId().equals(change.invoice())).findFirst().orElseThrow();
            assertThat(invoice.getTotal()).as("billed at its date").isEqualTo(promised.total());
            assertThat(invoice.getAmountDue()).as("taken from the card").isLessThanOrEqualTo(promised.due());
        }
    }
}
