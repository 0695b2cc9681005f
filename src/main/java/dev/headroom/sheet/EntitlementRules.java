package dev.headroom.sheet;

import dev.headroom.error.Check;
import dev.headroom.limits.Limit;
import dev.headroom.money.Currencies;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.Finding.Rule;
import dev.headroom.sheet.SheetFacts.KnownFeature;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with what a plan or add-on grants. */
final class EntitlementRules {

    private static final int LONGEST_GRACE = 366;
    private static final int FURTHEST_GRACE = 1_000;

    private final SheetFacts facts;
    private final Set<Currency> sold;
    private final Findings found;

    /** @param sold the currencies of its prices */
    EntitlementRules(SheetFacts facts, Set<Currency> sold, Findings found) {
        this.facts = facts;
        this.sold = sold;
        this.found = found;
    }

    void look(List<EntitlementLine> lines) {
        Set<String> seen = new HashSet<>();
        for (EntitlementLine line : lines) {
            String path = "entitlements[" + line.id() + "].";
            if (!seen.add(line.feature())) {
                found.error(Rule.DUPLICATE, path + "feature", "The feature \"" + line.feature() + "\" is named twice");
            }
            KnownFeature feature = facts.features().get(line.feature());
            if (feature == null) {
                found.error(Rule.UNKNOWN_FEATURE, path + "feature", "The product has no feature \"" + line.feature() + "\"");
            }
            look(path, line, feature);
        }
    }

    private void look(String path, EntitlementLine line, @Nullable KnownFeature feature) {
        overage(path + "overage", line);
        if (feature != null && feature.seats() && line.effectivePolicy() != Limit.Policy.HARD) {
            found.error(Rule.SEATS, path + "policy", "Seats are bought before they are assigned: their policy is HARD");
        }
        notNegative(path + "included", line.included());
        notNegative(path + "softLimit", line.softLimit());
        softLimit(path + "softLimit", line);
        grace(path + "graceDays", line.graceDays(), LONGEST_GRACE, line, feature);
        grace(path + "gracePercent", line.gracePercent(), FURTHEST_GRACE, line, feature);
        if (feature != null && feature.setting() && (line.setting() == null || line.setting().isBlank())) {
            found.warning(Rule.REQUIRED, path + "setting", "It is a setting and has no value");
        }
    }

    private void overage(String path, EntitlementLine line) {
        Set<Currency> priced = new HashSet<>();
        for (int i = 0; i < line.overage().size(); i++) {
            overage(path + "[" + i + "]", line.overage().get(i), priced);
        }
        boolean charged = line.effectivePolicy() == Limit.Policy.OVERAGE;
        if (charged && line.overage().isEmpty()) {
            found.error(Rule.OVERAGE, path, "The policy OVERAGE needs a price for each unit beyond the included amount");
        }
        if (!charged && !line.overage().isEmpty()) {
            found.warning(Rule.OVERAGE, path, "Units beyond the included amount are charged for with the policy OVERAGE alone");
        }
        if (charged && !priced.isEmpty()) {
            sold.stream().filter(currency -> !priced.contains(currency)).map(Currency::getCurrencyCode).sorted().forEach(currency ->
                    found.warning(Rule.OVERAGE, path, "There is no price in " + currency + ": who is billed in it is blocked at the included amount"));
        }
    }

    private void overage(String path, OverageLine line, Set<Currency> priced) {
        String code = line.currency();
        String unit = line.unitMinor();
        Currency currency = null;
        if (code == null || code.isBlank()) {
            found.error(Rule.REQUIRED, path + ".currency", "Say in which currency");
        } else {
            currency = found.made(Rule.CURRENCY, path + ".currency", () -> Currencies.parse(code));
        }
        if (unit == null || unit.isBlank()) {
            found.error(Rule.REQUIRED, path + ".unitMinor", "Say what each unit costs");
        } else {
            Decimals.unit(path + ".unitMinor", unit, currency == null ? Currencies.supported().getFirst() : currency, found);
        }
        if (currency != null && !priced.add(currency)) {
            found.error(Rule.DUPLICATE, path + ".currency", "Two prices in one currency");
        }
    }

    private void softLimit(String path, EntitlementLine line) {
        Long warns = line.softLimit();
        Long included = line.included();
        if (warns != null && included == null) {
            found.warning(Rule.SOFT_LIMIT, path, "Nobody is warned of what is unlimited");
        } else if (warns != null && warns > included) {
            found.warning(Rule.SOFT_LIMIT, path, "It is above what is included: warnings begin at " + included);
        }
    }

    private void grace(String path, @Nullable Integer value, int most, EntitlementLine line, @Nullable KnownFeature feature) {
        if (value == null) {
            return;
        }
        found.made(Rule.RANGE, path, () -> Check.between(path, value, 0, most));
        if (value > 0 && (feature != null && feature.seats() || line.effectivePolicy() != Limit.Policy.HARD || line.included() == null)) {
            found.error(Rule.GRACE, path, "Grace is given to use that a limit would block: with the policy HARD and included units, and not to seats");
        }
    }

    private void notNegative(String path, @Nullable Long value) {
        if (value != null) {
            found.made(Rule.RANGE, path, () -> Check.between(path, value, 0, Long.MAX_VALUE));
        }
    }
}
