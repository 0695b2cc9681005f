package dev.headroom.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.ProductUpdateParams;
import com.stripe.param.SubscriptionCreateParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Mortality;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlan;
import dev.headroom.sync.StripeImports.ApplyImport;
import dev.headroom.sync.StripeImports.StartImport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever makes level, compares or takes in dies before each statement in turn; what is left is finished by whoever comes next, once. */
@HeadroomTest
class DyingSyncTest {

    private static final Actor.System TEST = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    Mortality mortality;

    @Autowired
    CatalogPlans plans;

    @Autowired
    StripeImports imports;

    @Autowired
    Reconciliations reconciliations;

    @Autowired
    Catalog catalog;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    StripeLinksRepository links;

    @Autowired
    StripeClient stripe;

    private Story story;

    @BeforeEach
    void begin() {
        story = stories.begin();
        UnfinishedImports.finish(imports);
    }

    @Test
    void aPlanThatSomebodyDiedOverEndsLevelWithOnePriceMore() throws StripeException {
        Plan team = catalog.snapshot().plan(story.key("team")).orElseThrow();
        PlanPrice monthly = catalog.snapshot().onSale(team).orElseThrow().prices().getFirst();
        String product = links.remote(Kind.PRODUCT, team.id().value()).orElseThrow();
        boolean lived = false;
        for (int statements = 0; !lived; statements++) {
            somebodyWorksByHand(product, monthly);
            long before = prices(product);
            ApplyCatalogPlan command = new ApplyCatalogPlan(UUID.randomUUID().toString(), plans.plan(TEST).fingerprint());
            lived = lives(statements, () -> plans.apply(TEST, command));
            stories.clock().advance(Duration.ofMinutes(3));
            plans.sweep();
            plans.apply(TEST, command);

            assertThat(plans.plan(TEST).applies()).as("%d statements", statements).isFalse();
            assertThat(prices(product)).as("%d statements", statements).isEqualTo(before + 1);
            CatalogPlans.CatalogApply applied = plans.newest(TEST, 1).getFirst();
            assertThat(applied.finishedAt()).isNotNull();
            assertThat(applied.applied()).isEqualTo(applied.agreed());
        }
    }

    private void somebodyWorksByHand(String product, PlanPrice monthly) throws StripeException {
        stripe.v1().products().update(product, ProductUpdateParams.builder().setName("Teem").build());
        String right = links.remote(Kind.PRICE, monthly.id().value()).orElseThrow();
        String wrong = price(product, 9_900);
        stripe.v1().prices().update(wrong, PriceUpdateParams.builder().setLookupKey(monthly.id().toString()).setTransferLookupKey(true).build());
        stripe.v1().prices().update(right, PriceUpdateParams.builder().setActive(false).build());
        links.relink(Kind.PRICE, monthly.id().value(), wrong);
    }

    @Test
    void anImportThatSomebodyDiedOverTakesEverythingInOnce() throws StripeException {
        boolean lived = false;
        for (int statements = 0; !lived; statements += 1 + statements / 3) {
            String name = "import-" + statements + "-" + story.number();
            String product = stripe.v1().products().create(ProductCreateParams.builder().setName(name).build()).getId();
            String price = price(product, 1_000);
            String customer = stripe.v1().customers().create(CustomerCreateParams.builder().setName(name).setEmail(name + "@example.com")
                    .setPaymentMethod("pm_card_visa").build()).getId();
            stripe.v1().subscriptions().create(SubscriptionCreateParams.builder().setCustomer(customer)
                    .setDefaultPaymentMethod(stripe.v1().customers().paymentMethods().list(customer).getData().getFirst().getId())
                    .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).setQuantity(3L).build()).build());
            Walk dry = imports.start(TEST, new StartImport(UUID.randomUUID().toString(), "dying-" + story.number(), null, null));
            walkImport();
            imports.apply(TEST, new ApplyImport(UUID.randomUUID().toString(), dry.id()));
            lived = lives(statements, this::walkImport);
            stories.clock().advance(Duration.ofMinutes(11));
            walkImport();

            assertThat(imports.newest(TEST, 1).getFirst().finishedAt()).isNotNull();
            List<AccountSubscription> running = subscriptions.live(TEST, accounts.byCustomer(TEST, customer).orElseThrow().id());
            assertThat(running).as("%d statements", statements).hasSize(1);
            assertThat(running.getFirst().recurringTotal(catalog.snapshot()).minor()).isEqualTo(3_000);
            assertThat(catalog.snapshot().plans().stream().filter(plan -> plan.name().equals(name))).hasSize(1);
            assertThat(prices(product)).isEqualTo(1);
        }
    }

    private boolean walkImport() {
        while (imports.step()) { }
        return true;
    }

    @Test
    void aComparisonThatSomebodyDiedOverComesToItsEnd() {
        boolean lived = false;
        for (int statements = 0; !lived; statements += 1 + statements / 3) {
            Walk walk = reconciliations.start(TEST, UUID.randomUUID().toString());
            lived = lives(statements, this::compare);
            stories.clock().advance(Duration.ofMinutes(3));
            compare();

            Walk ended = reconciliations.newest(TEST, 1).getFirst();
            assertThat(ended.id()).isEqualTo(walk.id());
            assertThat(ended.finishedAt()).as("%d statements", statements).isNotNull();
        }
    }

    private boolean compare() {
        while (reconciliations.step()) { }
        return true;
    }

    private boolean lives(int statements, Supplier<?> work) {
        try {
            mortality.dyingAfter(statements, work);
            return true;
        } catch (Mortality.Death died) {
            return false;
        }
    }

    private long prices(String product) throws StripeException {
        return stripe.v1().prices().list(PriceListParams.builder().setProduct(product).setLimit(100L).build()).getData().size();
    }

    private String price(String product, long amount) throws StripeException {
        return stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product).setCurrency("usd").setUnitAmount(amount)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build()).getId();
    }
}
