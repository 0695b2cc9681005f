package dev.headroom.start;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.approval.Approvals;
import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
@SchemaMapping(typeName = "StartQuote")
class StartQuoteController {

    private final StartQuotes quotes;
    private final Approvals approvals;

    StartQuoteController(StartQuotes quotes, Approvals approvals) {
        this.quotes = quotes;
        this.approvals = approvals;
    }

    @SchemaMapping(typeName = "Account")
    StartQuoteResult startQuote(Account account, @Argument RequestedStart start, @ContextValue Actor actor) {
        return quotes.quote(actor, account.id(), start, "start");
    }

    @SchemaMapping
    Plan plan(StartQuote quote) {
        return quote.target().version().plan();
    }

    @SchemaMapping
    Interval interval(StartQuote quote) {
        return quote.target().price().price().interval();
    }

    @SchemaMapping
    long quantity(StartQuote quote) {
        return quote.target().quantity();
    }

    @SchemaMapping
    @Nullable Instant trialUntil(StartQuote quote) {
        return quote.target().trialUntil();
    }

    @SchemaMapping
    @Nullable Bundle bundle(StartQuote quote) {
        return quote.target().bundle();
    }

    @SchemaMapping
    @Nullable Offer offer(StartQuote quote) {
        return quote.target().offers().stream().findFirst().orElse(null);
    }

    @SchemaMapping
    List<QuotedOffer> offers(StartQuote quote) {
        Instant from = quote.quotedAt();
        return quote.target().offers().stream().map(offer -> new QuotedOffer(offer, from, offer.from(from).until().orElse(null))).toList();
    }

    record QuotedOffer(Offer offer, Instant from, @Nullable Instant until) {}

    @SchemaMapping
    @Nullable AccountSubscription coterminatedWith(StartQuote quote) {
        return Optional.ofNullable(quote.target().together()).map(StartTarget.Together::with).orElse(null);
    }

    @SchemaMapping
    Period period(StartQuote quote) {
        return quote.quotation().period();
    }

    @SchemaMapping
    List<InvoiceLine> lines(StartQuote quote) {
        return quote.first().lines();
    }

    @SchemaMapping
    Money tax(StartQuote quote) {
        return quote.first().tax();
    }

    @SchemaMapping
    List<Tax> taxLines(StartQuote quote) {
        return quote.first().taxes();
    }

    @SchemaMapping
    Money total(StartQuote quote) {
        return quote.first().total();
    }

    @SchemaMapping
    Money balanceApplied(StartQuote quote) {
        return quote.first().balanceApplied();
    }

    @SchemaMapping
    @Nullable NextInvoice nextInvoice(StartQuote quote) {
        Invoice next = quote.quotation().next();
        return next == null ? null : new NextInvoice(next.at(), next.tax(), next.total(), next.due(), false);
    }

    record NextInvoice(Instant at, Money tax, Money total, Money due, boolean verified) {}

    @SchemaMapping
    Money recurring(StartQuote quote) {
        return quote.quotation().after().total();
    }

    @SchemaMapping
    Money mrr(StartQuote quote) {
        return quote.quotation().after().mrr();
    }

    /** The vendor's own keys and people start whatever they like. */
    @SchemaMapping
    List<ApprovalReason> approvalReasons(StartQuote quote, @ContextValue Actor actor) {
        return actor instanceof Actor.Member
                ? approvals.ofStart(quote.target().version(), quote.target().price(), quote.target().quantity(), quote.target().offers())
                : List.of();
    }
}
