package dev.headroom.catalog;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.headroom.catalog.CreatePlan.NewEntitlement;
import dev.headroom.catalog.CreatePlan.OveragePrice;
import dev.headroom.catalog.Plan.OwnPrice;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.money.Currencies;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.SheetFacts;
import dev.headroom.sheet.SheetFacts.KnownFeature;
import dev.headroom.sheet.Visibility;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is sold, written down as a sheet; and a sheet in which nothing is wrong, as what is sold. */
final class PlanSheets {

    private PlanSheets() {}

    /** Prices are named by their ids, what is granted by features. */
    static PlanSheet of(PlanVersion version) {
        return new PlanSheet(
                version.plan().key(), version.name(), version.description(), version.rank(), version.visibility(),
                version.prices().stream().map(each -> PriceLine.of(each.id().toString(), each.price())).toList(),
                version.entitlements().stream().map(PlanSheets::line).toList());
    }

    private static EntitlementLine line(PlanEntitlement granted) {
        List<OverageLine> overage = granted.overage().values().stream()
                .map(price -> new OverageLine(price.currency().getCurrencyCode(), price.minor().toPlainString()))
                .sorted(Comparator.comparing(line -> Objects.requireNonNullElse(line.currency(), "")))
                .toList();
        String feature = granted.feature().key();
        return new EntitlementLine(
                feature, feature, granted.included(), granted.policy(), granted.softLimit(), granted.graceDays(), granted.gracePercent(), granted.setting(),
                overage);
    }

    /** Prices and what is granted are named by their places in the command. */
    static PlanSheet of(CreatePlan command) {
        return new PlanSheet(
                command.key(), command.name(), command.description(), command.rank(),
                Optional.ofNullable(command.visibility()).orElse(Visibility.PUBLIC), lines(command.prices()),
                IntStream.range(0, command.entitlements().size()).mapToObj(i -> line(String.valueOf(i), command.entitlements().get(i))).toList());
    }

    static List<PriceLine> lines(List<Price> prices) {
        return IntStream.range(0, prices.size()).mapToObj(i -> PriceLine.of(String.valueOf(i), prices.get(i))).toList();
    }

    private static EntitlementLine line(String id, NewEntitlement wanted) {
        List<OverageLine> overage = Optional.ofNullable(wanted.overage()).orElse(List.of()).stream().map(PlanSheets::line).toList();
        return new EntitlementLine(
                id, wanted.feature(), wanted.included(), wanted.policy(), wanted.softLimit(), wanted.graceDays(), wanted.gracePercent(), wanted.setting(), overage);
    }

    private static OverageLine line(OveragePrice wanted) {
        return new OverageLine(wanted.currency().getCurrencyCode(), wanted.unitMinor().toString());
    }

    /** @param self the plan that the sheet is of; absent for a new one */
    static SheetFacts facts(CatalogSnapshot catalog, ProductId product, Plan.Kind kind, @Nullable Plan self, boolean keyTaken) {
        Map<String, KnownFeature> features = catalog.featuresOf(product).stream().filter(feature -> !feature.retired()).collect(toMap(
                Feature::key, feature -> new KnownFeature(feature.counted(), feature.kind() == FeatureKind.SETTING, feature.seats())));
        Set<Currency> currencies = catalog.onSale(product).stream()
                .filter(version -> self == null || !version.plan().id().equals(self.id()))
                .flatMap(version -> version.prices().stream())
                .map(price -> price.price().currency())
                .collect(toUnmodifiableSet());
        return new SheetFacts(kind == Plan.Kind.ADD_ON, features, currencies, keyTaken);
    }

    /** The plan as a sheet without errors says. */
    static Plan plan(PlanId id, ProductId product, Plan.Kind kind, PlanSheet sheet, @Nullable OwnPrice own) {
        return new Plan(
                id, product, Objects.requireNonNull(sheet.key()), Objects.requireNonNull(sheet.name()).strip(),
                Optional.ofNullable(sheet.description()).orElse(""), Objects.requireNonNull(sheet.rank()), kind, sheet.visibility(), own);
    }

    /** The prices of a sheet without errors. */
    static List<PlanPrice> prices(List<PriceLine> lines, Function<PriceLine, PriceId> ids) {
        return lines.stream().map(line -> new PlanPrice(ids.apply(line), line.price().orElseThrow())).toList();
    }

    /** What a sheet without errors grants. */
    static List<PlanEntitlement> entitlements(PlanSheet sheet, Plan.Kind kind, CatalogSnapshot catalog) {
        return sheet.entitlements().stream()
                .map(line -> new PlanEntitlement(
                        catalog.feature(line.feature()).orElseThrow(), line.included(), line.effectivePolicy(), line.softLimit(), line.graceDays(),
                        line.gracePercent(), line.setting(), overage(line), kind))
                .toList();
    }

    private static Map<Currency, UnitPrice> overage(EntitlementLine line) {
        return line.overage().stream()
                .map(each -> new UnitPrice(
                        new BigDecimal(Objects.requireNonNull(each.unitMinor()).strip()), Currencies.parse(Objects.requireNonNull(each.currency()))))
                .collect(toMap(UnitPrice::currency, Function.identity()));
    }
}
