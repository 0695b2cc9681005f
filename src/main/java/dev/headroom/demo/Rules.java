package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.approval.ApprovalRuleSets;
import dev.headroom.approval.ApprovalRuleSets.SetApprovalRules;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.ProductId;
import dev.headroom.entitlement.RollOuts;
import dev.headroom.entitlement.Unlocks;
import dev.headroom.money.Money;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.Policies;
import dev.headroom.policy.Transition;
import dev.headroom.value.ValueMetricSets;
import dev.headroom.value.ValueMetricSets.NewMetric;
import dev.headroom.value.ValueMetricSets.SetValueMetrics;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/** What the vendor decided of late: gates that open for some without being sold to them, what needs consent, what its products are worth. */
final class Rules {

    private static final String ROLLED_OUT = "audit-log";
    private static final int PERCENT = 25;
    private static final String UNLOCKED = "api-webhooks";
    private static final String METER = "api-calls";
    private static final long UNITS = 9_000;
    private static final String LAUNCHPAD = "launchpad";
    private static final String ENABLEMENT = "enablement";
    private static final String API = "launch-api";
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final int DAYS_TO_DECIDE = 14;

    private final Catalog catalog;
    private final RollOuts rollOuts;
    private final Unlocks unlocks;
    private final ApprovalRuleSets approvals;
    private final Policies policies;
    private final ValueMetricSets values;

    Rules(Catalog catalog, RollOuts rollOuts, Unlocks unlocks, ApprovalRuleSets approvals, Policies policies, ValueMetricSets values) {
        this.catalog = catalog;
        this.rollOuts = rollOuts;
        this.unlocks = unlocks;
        this.approvals = approvals;
        this.policies = policies;
        this.values = values;
    }

    /** A second time changes nothing. */
    void set() {
        rollOuts.set(SELF, ROLLED_OUT, PERCENT);
        if (unlocks.all(SELF).isEmpty()) {
            unlocks.set(SELF, UNLOCKED, METER, UNITS);
        }
        askFirst();
        move();
        tellTheValue();
    }

    private void askFirst() {
        approve(new SetApprovalRules(
                LAUNCHPAD, 0, null, List.of(new Money(150_000, USD), new Money(140_000, EUR)), BigDecimal.valueOf(25), List.of(), DAYS_TO_DECIDE));
        approve(new SetApprovalRules(ENABLEMENT, 0, 100L, List.of(), BigDecimal.valueOf(25), List.of(), DAYS_TO_DECIDE));
    }

    private void approve(SetApprovalRules rules) {
        if (approvals.of(SELF, product(rules.product())).version() == 0) {
            approvals.set(SELF, rules);
        }
    }

    private void move() {
        policies.add(SELF, new AddTransitionRule(
                "demo:rule:enterprise", LAUNCHPAD, ChangeKind.DOWNGRADE, "launchpad-enterprise", null, Transition.BY_APPROVAL));
        policies.add(SELF, new AddTransitionRule("demo:rule:seats", ENABLEMENT, ChangeKind.SEATS_DOWN, null, null, Transition.PERIOD_END));
    }

    private void tellTheValue() {
        say(new SetValueMetrics(LAUNCHPAD, 0, List.of(
                new NewMetric("launches", USD, BigDecimal.valueOf(6_000), 90, "Ninety minutes less of a launch manager, asked of twelve customers"),
                new NewMetric("launches", EUR, BigDecimal.valueOf(5_500), 90, "Ninety minutes less of a launch manager, asked of twelve customers"),
                new NewMetric("analytics", USD, BigDecimal.valueOf(24_000), null, "A report a week that nobody has to put together"),
                new NewMetric("analytics", EUR, BigDecimal.valueOf(22_000), null, "A report a week that nobody has to put together")),
                List.of(new Money(40_000, USD), new Money(36_000, EUR))));
        say(new SetValueMetrics(API, 0, List.of(
                new NewMetric("api-calls", USD, new BigDecimal("4.5"), null, "What the same step costs by hand, by the pipelines of five customers")),
                List.of()));
    }

    private void say(SetValueMetrics metrics) {
        if (values.of(SELF, product(metrics.product())).version() == 0) {
            values.set(SELF, metrics);
        }
    }

    private ProductId product(String key) {
        return catalog.snapshot().requireProduct("product", key).id();
    }
}
