package dev.headroom;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.guard.Compiled;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Who may know whom. Every guard is shown the little house in {@code guard.samples} first, and must find what is wrong there. */
class ModulesTest {

    /** From the bottom to the top: an arrow may point to any lower tier. */
    private static final List<Set<String>> TIERS = List.of(
            Set.of("money", "time", "id", "error", "actor", "csv", "yaml"),
            Set.of("pricing", "limits", "forecast", "sheet"),
            Set.of("postgres", "broadcast", "idempotency", "occasion", "download", "audit", "identity", "signin", "preference"),
            Set.of("catalog", "draft", "policy", "bundle", "account", "stripe", "subscription", "invoice", "usage"),
            Set.of("entitlement", "reading", "preview", "quote", "shown", "approval", "start", "eligibility", "value", "impact", "storefront", "reach", "revenue", "metrics", "projection", "reporting"),
            Set.of("payment", "change", "rollout", "sale", "sync", "overage", "exchange", "history"),
            Set.of("api", "console", "sandbox", "demo", "delivery", "welcome", "command"));

    /** Inside a tier an arrow is an exception that this table names. */
    private static final Map<String, Set<String>> SIDEWAYS = Map.ofEntries(
            entry("actor", Set.of("error")),
            entry("sheet", Set.of("pricing", "limits")),
            entry("broadcast", Set.of("postgres")),
            entry("audit", Set.of("occasion", "download", "postgres")),
            entry("identity", Set.of("audit", "broadcast", "postgres")),
            entry("signin", Set.of("audit", "identity")),
            entry("preference", Set.of("identity")),
            entry("draft", Set.of("catalog", "account")),
            entry("policy", Set.of("catalog")),
            entry("bundle", Set.of("catalog")),
            entry("subscription", Set.of("catalog", "account", "bundle")),
            entry("invoice", Set.of("account", "catalog", "stripe", "subscription")),
            entry("change", Set.of("payment")),
            entry("sale", Set.of("rollout")),
            entry("usage", Set.of("catalog", "account", "subscription")),
            entry("reading", Set.of("entitlement")),
            entry("quote", Set.of("entitlement", "reading", "preview")),
            entry("rollout", Set.of("change")),
            entry("sync", Set.of("change")),
            entry("exchange", Set.of("rollout")),
            entry("shown", Set.of("quote")),
            entry("approval", Set.of("quote", "shown")),
            entry("start", Set.of("preview", "quote", "approval")),
            entry("eligibility", Set.of("quote", "start")),
            entry("value", Set.of("quote")),
            entry("impact", Set.of("quote", "shown")),
            entry("reach", Set.of("quote", "start", "impact")),
            entry("metrics", Set.of("revenue", "reporting")),
            entry("projection", Set.of("revenue", "reporting")),
            entry("reporting", Set.of("revenue")),
            entry("demo", Set.of("sandbox")),
            entry("console", Set.of("delivery")));

    /** Modules that may know less than their tier would allow. */
    private static final Map<String, Set<String>> ONLY = Map.ofEntries(
            entry("sandbox", Set.of()),
            entry("command", Set.of()),
            entry("money", Set.of()),
            entry("time", Set.of()),
            entry("id", Set.of()),
            entry("csv", Set.of()),
            entry("yaml", Set.of()),
            entry("error", Set.of()),
            entry("pricing", Set.of("money", "time")),
            entry("limits", Set.of("money", "time")),
            entry("forecast", Set.of("time")),
            entry("sheet", Set.of("money", "time", "error", "pricing", "limits")));

    private static final Set<String> PURE = Set.of("money", "id", "error", "actor", "csv", "yaml", "pricing", "limits", "forecast", "sheet");

    private static final Compiled PRODUCT = Compiled.product();
    private static final Compiled SAMPLES = Compiled.samples();
    private static final ApplicationModules MODULES = ApplicationModules.of(Headroom.class, Compiled.PRODUCT);

    @Test
    void modulesUseNothingButEachOthersPublicTypesAndMakeNoCycle() {
        assertThat(ApplicationModules.of(SAMPLES.root(), location -> true).detectViolations().hasViolations()).isTrue();
        MODULES.verify();
    }

    @Test
    void everyModuleHasItsTier() {
        assertThat(TIERS.stream().flatMap(Set::stream)).contains(MODULES.stream()
                .map(module -> module.getBasePackage().getName().replace("dev.headroom.", "")).toArray(String[]::new));
        assertThat(tier("a-new-one")).as("what is in no tier is below everything").isEqualTo(-1);
    }

    @Test
    void arrowsPointDownwardsOrToANamedNeighbour() {
        holds(arrows(arrow -> tier(arrow.to()) < tier(arrow.from()) || among(SIDEWAYS, arrow)), "KnowsAPlanChange");
    }

    @Test
    void theSandboxTheLeavesAndThePureTierKnowOnlyWhatIsListed() {
        holds(arrows(arrow -> !ONLY.containsKey(arrow.from()) || among(ONLY, arrow)), "BorrowsMoney");
    }

    @Test
    void arithmeticImportsNoFrameworkAndNoLog() {
        holds(house -> told(house.usesOf("org.springframework", "org.jooq", "tools.jackson", "com.fasterxml.jackson", "org.slf4j", "java.sql", "java.net"),
                arrow -> !PURE.contains(arrow.from())), "LogsWhatItPrices");
    }

    @Test
    void onlyTheConsoleImportsVaadin() {
        holds(house -> told(house.usesOf("com.vaadin"), arrow -> arrow.from().equals("console")), "AsksStripe");
    }

    @Test
    void onlyStripeImportsStripesClient() {
        holds(house -> told(house.usesOf("com.stripe"), arrow -> arrow.from().equals("stripe")), "AsksStripe");
    }

    @Test
    void tablesAreKnownToTheirModuleAlone() {
        holds(arrows(arrow -> !arrow.told().matches(".*" + arrow.to() + "\\.jooq\\..*")), "ReadsTheCatalogue");
    }

    private static void holds(Function<Compiled, List<String>> rule, String caught) {
        assertThat(rule.apply(SAMPLES)).as("the sample that breaks the rule is caught").anyMatch(told -> told.contains(caught));
        assertThat(rule.apply(PRODUCT)).isEmpty();
    }

    private static Function<Compiled, List<String>> arrows(Predicate<Compiled.Arrow> allowed) {
        return house -> told(house.arrows(), allowed);
    }

    private static List<String> told(List<Compiled.Arrow> arrows, Predicate<Compiled.Arrow> allowed) {
        return arrows.stream().filter(allowed.negate()).map(arrow -> arrow.from() + " -> " + arrow.to() + ": " + arrow.told()).sorted().toList();
    }

    private static boolean among(Map<String, Set<String>> table, Compiled.Arrow arrow) {
        return table.getOrDefault(arrow.from(), Set.of()).contains(arrow.to());
    }

    private static int tier(String module) {
        return TIERS.indexOf(TIERS.stream().filter(tier -> tier.contains(module)).findFirst().orElse(Set.of()));
    }
}
