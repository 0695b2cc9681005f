package dev.headroom.quote;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.money.Money;
import dev.headroom.policy.Transition;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.quote.Quote.Violation;
import dev.headroom.quote.Quotes.LaterCharge;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class QuoteController {

    private final Quotes quotes;

    QuoteController(Quotes quotes) {
        this.quotes = quotes;
    }

    record SecondsOf(long remaining, long total) {}

    record RecurringDifference(Money before, Money after, Money mrrBefore, Money mrrAfter) {}

    @SchemaMapping(typeName = "Account")
    QuoteResult quote(Account account, @Argument RequestedChange change, @ContextValue Actor actor) {
        return quotes.quote(actor, account.id(), change);
    }

    @SchemaMapping(typeName = "Account")
    List<UpgradeOption> upgradeOptions(Account account, @Argument @Nullable String product, @ContextValue Actor actor) {
        return UpgradeOption.rank(quotes.upgrades(actor, account.id(), product));
    }

    @SchemaMapping(typeName = "Quote")
    @Nullable Offer offer(Quote quote) {
        return quote.target().taking().stream().map(Target.Taken::offer).findFirst().orElse(null);
    }

    @SchemaMapping(typeName = "Quote")
    List<QuotedOffer> offers(Quote quote) {
        return quote.target().taking().stream().map(taken -> new QuotedOffer(taken.offer(), taken.from(), taken.discount().until().orElse(null))).toList();
    }

    record QuotedOffer(Offer offer, Instant from, @Nullable Instant until) {}

    @SchemaMapping(typeName = "Quote")
    @Nullable AccountSubscription coterminatedWith(Quote quote, @ContextValue Actor actor) {
        return quotes.other(actor, quote).orElse(null);
    }

    @SchemaMapping(typeName = "Quote")
    GrowthKind growth(Quote quote) {
        return quote.quotation().growth();
    }

    @SchemaMapping(typeName = "Quote")
    Plan plan(Quote quote) {
        return quote.target().version().plan();
    }

    @SchemaMapping(typeName = "Quote")
    Interval interval(Quote quote) {
        return quote.target().interval();
    }

    @SchemaMapping(typeName = "Quote")
    long quantity(Quote quote) {
        return quote.target().plan().quantity();
    }

    @SchemaMapping(typeName = "Quote")
    List<AddOnOnQuote> addOns(Quote quote) {
        return quote.target().addOns().stream().map(item -> new AddOnOnQuote(item.version().plan(), item.quantity())).toList();
    }

    record AddOnOnQuote(Plan addOn, long quantity) {}

    @SchemaMapping(typeName = "Quote")
    boolean prorated(Quote quote) {
        return quote.target().prorated();
    }

    /** What somebody has to approve of is quoted, and {@code Quote.approval} says so. */
    @SchemaMapping(typeName = "AgainstPolicy")
    boolean approvalRequired(QuoteResult.AgainstPolicy refused) {
        return refused.transitionRule().transition() == Transition.BY_APPROVAL;
    }

    @SchemaMapping(typeName = "Quote")
    List<InvoiceLine> lines(Quote quote) {
        return quote.quotation().now().lines();
    }

    @SchemaMapping(typeName = "Quote")
    Money tax(Quote quote) {
        return quote.quotation().now().tax();
    }

    @SchemaMapping(typeName = "Quote")
    List<Tax> taxLines(Quote quote) {
        return quote.quotation().now().taxes();
    }

    @SchemaMapping(typeName = "TaxLine")
    String explanation(Tax tax) {
        return "Stripe's tax on " + tax.taxable() + (tax.inclusive() ? ", in the amounts of the lines" : ", on top of the lines") + ": rate " + tax.rate();
    }

    @SchemaMapping(typeName = "Quote")
    Money total(Quote quote) {
        return quote.quotation().now().total();
    }

    @SchemaMapping(typeName = "Quote")
    Money balanceApplied(Quote quote) {
        return quote.quotation().now().balanceApplied();
    }

    @SchemaMapping(typeName = "Quote")
    @Nullable NextInvoice nextInvoice(Quote quote) {
        Invoice next = quote.quotation().next();
        return next == null ? null : new NextInvoice(next.at(), next.tax(), next.total(), next.due(), quote.nextVerified());
    }

    record NextInvoice(Instant at, Money tax, Money total, Money due, boolean verified) {}

    @SchemaMapping(typeName = "Quote")
    List<InvoiceLine> nextLines(Quote quote) {
        return Optional.ofNullable(quote.quotation().next()).map(Invoice::lines).orElse(List.of());
    }

    @SchemaMapping(typeName = "Quote")
    List<LaterCharge> later(Quote quote, @ContextValue Actor actor) {
        return quotes.later(actor, quote);
    }

    @SchemaMapping(typeName = "Quote")
    RecurringDifference recurring(Quote quote) {
        var before = quote.quotation().before();
        var after = quote.quotation().after();
        return new RecurringDifference(before.total(), after.total(), before.mrr(), after.mrr());
    }

    @SchemaMapping(typeName = "QuoteLine")
    SecondsOf seconds(InvoiceLine line) {
        return new SecondsOf(line.secondsRemaining(), line.secondsTotal());
    }

    @SchemaMapping(typeName = "QuoteLine")
    String unrounded(InvoiceLine line) {
        return line.exact();
    }

    @SchemaMapping(typeName = "QuoteLine")
    String explanation(InvoiceLine line) {
        return line.rounding();
    }

    @SchemaMapping(typeName = "FeatureAllowance")
    boolean unlimited(Allowance allowance) {
        return allowance.included() == null;
    }

    @SchemaMapping(typeName = "LimitViolation")
    String resolution(Violation violation) {
        return "Free " + violation.excess() + " of " + violation.used() + " " + violation.feature().name() + ", or keep a plan that includes them";
    }
}
