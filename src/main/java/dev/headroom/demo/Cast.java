package dev.headroom.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The accounts of the worked examples, whose lives are written by hand. */
final class Cast {

    static final String DECLINING_CARD = "pm_card_chargeCustomerFail";
    private final Instant end;

    Cast(Instant end) {
        this.end = end;
    }

    /** Empty for a company that may do as it likes. */
    Optional<Life> life(Company company) {
        return switch (company.key()) {
            // 9 of 10 seats used.
            case "acme" -> Optional.of(life(company, 14, 11, Holding.monthly(Offering.STARTER, 1)));
            // 8,000 of 10,000 calls used, growing 20 % a month.
            case "globex" -> Optional.of(life(company, 7, 27, Holding.monthly(Offering.BASIC, 1)));
            case "initech" -> Optional.of(initech(company));
            case "umbra", "tidewater" -> Optional.of(pastDue(company));
            case "sakura" -> Optional.of(life(company, 16, 5, new Holding(Offering.PRO, 1, true)));
            case String other -> Optional.empty();
        };
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
