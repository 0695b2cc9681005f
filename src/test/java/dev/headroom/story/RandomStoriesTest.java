package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.ProductId;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.Policies;
import dev.headroom.policy.RemoveTransitionRule;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.policy.Transition;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Accounts that do whatever comes to their minds, many at once on one clock, in all weathers: what was quoted is what Stripe invoices, at once
 * and with the next period; what we know of a subscription is what Stripe has; nothing is given back twice; what was bought is there; there and
 * back in one second costs nothing. A story is one account's; those of a seed live together.
 *
 * <p>A failure names its seed and which of its stories: {@code -Dstories.seed=N} tells a seed again, with {@code -Dstories.only=M} that story
 * alone. {@code -Dstories.count=N} goes on until so many are told, from {@code -Dstories.from=N}. {@code -Dstories.about=WORDS} prints those
 * of which something is told with these words.
 */
@HeadroomTest
class RandomStoriesTest {

    private static final List<String> EVERYTHING = List.of("PlanChanged", "PlanChangeScheduled", "PaymentDeclined", "PaymentActionRequired", "renewed as quoted",
            "there and back for nothing", "changed by somebody who died", "Stripe was not there for a change", "what was left: APPLIED", "a date ended APPLIED", "a later date ended APPLIED",
            "ends together");

    private static final Actor.System SELF = new Actor.System("stories");
    private static final List<String> PLANS = List.of("free", "starter", "team", "pro");

    @Autowired
    ApplicationContext context;

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void whateverHappensWhatIsQuotedIsCharged() {
        RandomStoriesCast cast = RandomStoriesCast.of(context);
        Story catalog = withOffers(cast, withGuide(cast.stories().beginWithCatalogOfItsOwn()));
        Long replayed = Long.getLong("stories.seed");
        if (replayed != null) {
            told(cast, catalog, replayed);
            return;
        }
        int wanted = Integer.getInteger("stories.count", 2 * RandomStoriesCohort.LIVES);
        int findings = cast.wire().findings().size();
        int requests = cast.wire().requests();
        long began = System.nanoTime();
        Duration worked = processors();
        int stories = 0;
        for (long seed = Long.getLong("stories.from", 1); stories < wanted; seed++) {
            stories += told(cast, catalog, seed);
            long seconds = Math.max(1, Duration.ofNanos(System.nanoTime() - began).toSeconds());
            System.out.printf("%,d of %,d random stories, up to seed %d, in %,d s, %,d s of processors; %,d requests to Stripe%n",
                    stories, wanted, seed, seconds, processors().minus(worked).toSeconds(), cast.wire().requests() - requests);
        }
        System.out.println("What happened in them: " + outcomes);
        assertThat(cast.wire().findings().stream().skip(findings)).as("what is not as Stripe specifies").isEmpty();
        assertThat(outcomes.keySet()).as("something of everything").containsAll(EVERYTHING);
    }

    /** What this process has used of them; PostgreSQL's use comes on top. */
    private static Duration processors() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private int told(RandomStoriesCast cast, Story catalog, long seed) {
        try {
            rule(catalog, seed);
            RandomStoriesCohort cohort = new RandomStoriesCohort(cast, catalog, seed);
            cohort.tell();
            Optional.ofNullable(System.getProperty("stories.about")).ifPresent(words -> cohort.about(words).forEach(System.out::println));
            cohort.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Integer::sum));
            return cohort.size();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("Replay with -Dstories.seed=" + seed, failure);
        }
    }

    /** Every second vendor has rules, of which each speaks of so little that something of everything goes on. */
    private void rule(Story catalog, long seed) {
        Policies policies = context.getBean(Policies.class);
        ProductId product = context.getBean(Catalog.class).snapshot().requireProduct("product", catalog.key("suite")).id();
        policies.of(product).rules().forEach(rule -> policies.remove(SELF, new RemoveTransitionRule(UUID.randomUUID().toString(), rule.id().toString())));
        SplittableRandom random = new SplittableRandom(seed);
        boolean ruled = seed % 2 == 0;
        for (ChangeKind kind : ChangeKind.values()) {
            // Nobody would be there to approve of a start.
            if (ruled && kind != ChangeKind.START && random.nextInt(3) > 0) {
                Transition transition = Transition.values()[kind.name().startsWith("INTERVAL") ? random.nextInt(0, 2) * 2 : random.nextInt(0, 3)];
                policies.add(SELF, new AddTransitionRule(
                        UUID.randomUUID().toString(), catalog.key("suite"), kind, catalog.key(PLANS.get(random.nextInt(PLANS.size()))), null, transition));
            }
        }
        policies.set(SELF, new SetCreditGuard(catalog.key("suite"), ruled ? random.nextInt(0, 20) : 0, CreditGuard.Measure.values()[random.nextInt(2)]));
    }

    private static Story withOffers(RandomStoriesCast cast, Story catalog) {
        offers(cast, catalog, catalog.key("suite"), Map.of(
                "fifth", Map.of("percentOff", "20", "duration", "MONTHS", "months", 3),
                "tenth-once", Map.of("percentOff", "10", "duration", "ONCE"),
                "ten-dollars", Map.of("amountOff", Map.of("minor", 1_000, "currency", "USD"), "duration", "FOREVER"),
                "half-once", Map.of("percentOff", "50", "duration", "ONCE")));
        offers(cast, catalog, RandomStoriesWishes.key(catalog, RandomStoriesWishes.GUIDE), Map.of(
                "third", Map.of("percentOff", "33.33", "duration", "MONTHS", "months", 2),
                "quarter-once", Map.of("percentOff", "25", "duration", "ONCE")));
        catalog.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { id } } } }", "input", Map.of(
                "idempotencyKey", catalog.key("duo"), "key", catalog.key("duo"), "name", "duo", "percentOff", "12.5",
                "members", List.of(Map.of("product", catalog.key("suite")), Map.of("addOn", catalog.key("insights"))))).text("/createBundle/bundle/id");
        return catalog;
    }

    private static void offers(RandomStoriesCast cast, Story catalog, String product, Map<String, Map<String, Object>> offers) {
        offers.forEach((name, terms) -> {
            Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", catalog.key(name), "product", product, "key", RandomStoriesWishes.key(catalog, name), "name", name,
                    "from", cast.stories().clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                    "until", cast.stories().clock().instant().plus(Duration.ofDays(365_000)).truncatedTo(ChronoUnit.SECONDS).toString()));
            input.putAll(terms);
            catalog.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                    .text("/createOffer/offer/id");
        });
    }

    /** Another product, of which walks cost 39.99 a month and hikes 85.00, and ten months a year. */
    private static Story withGuide(Story catalog) {
        String guide = RandomStoriesWishes.key(catalog, RandomStoriesWishes.GUIDE);
        String tours = RandomStoriesWishes.key(catalog, "tours");
        catalog.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", guide, "key", guide, "name", "Guide", "features", List.of(Map.of("key", tours, "name", "Tours", "kind", "GATE")))).at("/createProduct");
        for (String name : RandomStoriesWishes.WALKS) {
            String plan = RandomStoriesWishes.key(catalog, name);
            int flat = name.equals("walks") ? 3_999 : 8_500;
            catalog.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                    "idempotencyKey", plan, "product", guide, "key", plan, "name", name, "rank", RandomStoriesWishes.WALKS.indexOf(name),
                    "prices", List.of(Map.of("flat", flat, "interval", "MONTH", "currency", "USD"), Map.of("flat", flat * 10, "interval", "YEAR", "currency", "USD")),
                    "entitlements", List.of(Map.of("feature", tours)))).at("/createPlan/version");
        }
        return catalog.crediting(RandomStoriesWishes.GUIDE);
    }
}
