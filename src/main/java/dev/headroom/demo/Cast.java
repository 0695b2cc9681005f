package dev.headroom.demo;

import dev.headroom.entitlement.Grant;
import java.time.Duration;
import java.time.Instant;
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

    private Life umbra(Company company) {
        Life life = pastDue(company);
        life.steps().add(new Step.Give(daysBefore(120), "sso", Grant.Kind.COURTESY, "For the sign-in that failed for a day", null));
        life.steps().add(new Step.TakeBack(daysBefore(3), "sso", "Their last invoice is not paid"));
        return life;
    }

    /** Went down to fewer seats than its people hold. */
    private Life overfull(Company company) {
        Life life = life(company, 9, 6, Holding.monthly(Offering.TEAM, 25));
        life.change(daysBefore(18), Holding.monthly(Offering.TEAM, 10));
        return life;
    }

    /** 24 of 25 seats used. */
    private Life initech(Company company) {
        Life life = life(company, 17, 8, Holding.monthly(Offering.TEAM, 10));
        life.change(daysBefore(140), Holding.monthly(Offering.TEAM, 25));
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

    private Instant daysBefore(int days) {
        return end.minus(Duration.ofDays(days));
    }
}
