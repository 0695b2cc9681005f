package dev.headroom.demo;

import dev.headroom.approval.ApprovalDecisions.Verdict;
import dev.headroom.approval.NegotiatedDiscount;
import dev.headroom.entitlement.Grant;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.AddOnQuantity;
import dev.headroom.subscription.RequestedChange.When;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts of the worked examples, whose lives are written by hand. */
final class Cast {

    static final String DECLINING_CARD = "pm_card_chargeCustomerFail";
    /** More of its people hold a seat than it pays for. */
    static final String OVERFULL = "brightwater";
    private static final Duration TRIAL = Duration.ofDays(14);
    private final Instant end;

    Cast(Instant end) {
        this.end = end;
    }

    /** Empty for a company that may do as it likes. */
    Optional<Life> life(Company company) {
        return switch (company.key()) {
            // 9 of 10 seats used.
            case "acme" -> Optional.of(acme(company));
            // 8,000 of 10,000 calls used, growing 20 % a month.
            case "globex" -> Optional.of(globex(company));
            case "initech" -> Optional.of(initech(company));
            case "umbra" -> Optional.of(umbra(company));
            case "tidewater" -> Optional.of(pastDue(company));
            case OVERFULL -> Optional.of(overfull(company));
            case "sakura" -> Optional.of(life(company, 16, 5, new Holding(Offering.PRO, 1, true)));
            case "halcyon" -> Optional.of(paysByInvoice(company));
            case "ferrovia" -> Optional.of(disputes(company));
            case "nordlys" -> Optional.of(wantsLess(company));
            case "pinecrest" -> Optional.of(wasCountered(company));
            case "meridian" -> Optional.of(gathersSeats(company));
            case "cobalt" -> Optional.of(waitsForADecision(company));
            case "lumen" -> Optional.of(leaves(company));
            case String other -> Optional.empty();
        };
    }

    /** Tries the analytics of the larger plans. */
    private Life acme(Company company) {
        Life life = life(company, 14, 11, Holding.monthly(Offering.STARTER, 1));
        life.steps().add(new Step.Give(
                daysBefore(4), "analytics", Grant.Kind.TRIAL, "Asked for it in the review of November", daysBefore(4).plus(TRIAL)));
        return life;
    }

    private Life globex(Company company) {
        Life life = life(company, 7, 27, Holding.monthly(Offering.BASIC, 1));
        life.steps().add(new Step.Give(
                daysBefore(95), "api-webhooks", Grant.Kind.PROMOTION, "A month of webhooks for whoever came this year", daysBefore(65)));
        return life;
    }

    /** Moved up with a discount that was agreed on, asked for a larger one later, and cannot be charged now. */
    private Life umbra(Company company) {
        Life life = life(company, 9, 12, Holding.monthly(Offering.STARTER, 1));
        life.steps().add(new Step.Ask(daysBefore(206), RequestedChange.toPlan("launchpad-pro"), percent(10, 6), "Two more teams would join if the first half-year were cheaper"));
        life.steps().add(new Step.Decide(daysBefore(205), Verdict.APPROVE, null, "For three teams at once, gladly"));
        life.changed(new Step.AcceptAgreed(daysBefore(204)), Holding.monthly(Offering.PRO, 1));
        life.steps().add(new Step.Ask(daysBefore(60), RequestedChange.toPlan("launchpad-enterprise"), percent(40, 24), "Our budget for tools was cut in half"));
        life.steps().add(new Step.Decide(daysBefore(58), Verdict.REJECT, null, "Nobody gets Enterprise below half of what the others pay; Pro has what you use"));
        life.steps().add(new Step.AddCard(daysBefore(25), DECLINING_CARD));
        life.steps().add(new Step.Give(daysBefore(120), "sso", Grant.Kind.COURTESY, "For the sign-in that failed for a day", null));
        life.steps().add(new Step.TakeBack(daysBefore(3), "sso", "Their last invoice is not paid"));
        return life;
    }

    /** Went down to fewer seats than its people hold. */
    private Life overfull(Company company) {
        Life life = life(company, 9, 6, Holding.monthly(Offering.TEAM, 25));
        life.change(daysBefore(18), Holding.monthly(Offering.TEAM, 10));
        life.steps().add(new Step.Refund(daysBefore(5), 7_500));
        life.steps().add(new Step.LookAtInvoices(daysBefore(4)));
        return life;
    }

    /** 24 of 25 seats used. */
    private Life initech(Company company) {
        Life life = life(company, 17, 8, Holding.monthly(Offering.TEAM, 10));
        life.change(daysBefore(140), Holding.monthly(Offering.TEAM, 25));
        return life;
    }

    /** Its last invoice is sent, and not due yet; a day of training that was billed by hand waits for the next one, and Stripe puts it on every quote since. */
    private Life paysByInvoice(Company company) {
        Life life = life(company, 8, 11, Holding.monthly(Offering.PRO, 1));
        life.steps().add(new Step.PayByInvoice(daysBefore(20), 30));
        life.steps().add(new Step.BillByHand(daysBefore(3), 120_000, "A day of training at their office"));
        life.steps().add(new Step.LookAtQuote(daysBefore(2), RequestedChange.toPlan("launchpad-enterprise")));
        return life;
    }

    /** The bank was told that nobody knows of the last charge; they pay with another card since. */
    private Life disputes(Company company) {
        Life life = life(company, 6, 12, Holding.monthly(Offering.PRO, 1));
        life.steps().add(new Step.AddCard(daysBefore(25), "pm_card_createDispute"));
        life.steps().add(new Step.AddCard(daysBefore(7), "pm_card_mastercard"));
        life.steps().add(new Step.LookAtInvoices(daysBefore(6)));
        return life;
    }

    /** Goes down a tier with the next period, and keeps the seats that it has people for. */
    private Life wantsLess(Company company) {
        Life life = life(company, 11, 14, Holding.monthly(Offering.PRO, 1));
        life.steps().add(new Step.Accept(daysBefore(4), new RequestedChange("launchpad", "launchpad-starter", null, null)));
        life.steps().add(new Step.Accept(daysBefore(3), new RequestedChange(
                "launchpad", null, null, null, List.of(new AddOnQuantity("launchpad-5-seats", 1)), null, When.PERIOD_END, null)));
        return life;
    }

    private Life tookTheOffer(Company company, int days) {
        Life life = life(company, 7, 9, Holding.monthly(Offering.STARTER, 1));
        RequestedChange wanted = RequestedChange.toPlan("launchpad-pro").ofOffer("launchpad-autumn");
        life.changed(new Step.Accept(daysBefore(days), wanted), Holding.monthly(Offering.PRO, 1));
        return life;
    }

    private Life wasCountered(Company company) {
        Life life = tookTheOffer(company, 38);
        life.steps().add(new Step.Ask(
                daysBefore(6), RequestedChange.toPlan("launchpad-enterprise"), percent(30, 12), "Our auditors want the audit log, and nobody has planned for its price"));
        life.steps().add(new Step.Decide(daysBefore(5), Verdict.COUNTER, percent(12, 12), "Twelve percent for the first year, until it is in your budget"));
        return life;
    }

    private Life waitsForADecision(Company company) {
        Life life = tookTheOffer(company, 21);
        life.steps().add(new Step.Ask(
                daysBefore(2), RequestedChange.toPlan("launchpad-enterprise"), percent(15, 12), "We would sign this week, and bring our second team in spring"));
        return life;
    }

    private Life gathersSeats(Company company) {
        Life life = life(company, 10, 13, Holding.monthly(Offering.TEAM, 10));
        life.steps().add(new Step.Gather(end, 14));
        return life;
    }

    private Life leaves(Company company) {
        Life life = life(company, 12, 16, Holding.monthly(Offering.STARTER, 1));
        life.steps().add(new Step.Accept(daysBefore(6), RequestedChange.end("launchpad", When.PERIOD_END)));
        return life;
    }

    /** The card stopped working before the last renewal. */
    private Life pastDue(Company company) {
        Life life = life(company, 9, 12, Holding.monthly(Offering.PRO, 1));
        life.steps().add(new Step.AddCard(daysBefore(25), DECLINING_CARD));
        return life;
    }

    private Life life(Company company, int months, int days, Holding holding) {
        Life life = new Life(company, Population.monthsBefore(end, months).minus(Duration.ofDays(days)));
        life.start(life.arrival(), holding, 0);
        return life;
    }

    private static NegotiatedDiscount percent(int percent, int months) {
        return new NegotiatedDiscount(new PercentOff(BigDecimal.valueOf(percent)), new Term.Repeating(months));
    }

    private Instant daysBefore(int days) {
        return end.minus(Duration.ofDays(days));
    }
}
