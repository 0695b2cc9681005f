package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.money.Allocation;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Price;
import dev.headroom.pricing.Proration;
import dev.headroom.pricing.Quotation;
import dev.headroom.pricing.QuotationFacts;
import dev.headroom.pricing.Renewal;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two implementations of Stripe's rules that share no code, our quotations and the sandbox, come to the same amounts. */
class QuotationAgreementTest {

    private static final Currency USD = Currency.getInstance("USD");
    private static final int STORIES = 16;
    private static final int CHANGES = 4;

    /** The same price in both worlds. */
    private record Both(com.stripe.model.Price stripe, Price ours) {}

    private final SandboxStory story = new SandboxStory("2026-01-31T08:15:30Z");
    private final List<Both> prices = new ArrayList<>();
    private final Discount percent = new Discount("percent", new Discount.Reduction.PercentOff(new BigDecimal("33.3")), new Discount.Term.Forever(), Instant.EPOCH);
    private final Discount amount = new Discount("amount", new Discount.Reduction.AmountOff(new Money(777, USD)), new Discount.Term.Once(), Instant.EPOCH);

    @BeforeEach
    void catalogue() throws StripeException {
        for (String unit : List.of("999", "4900", "12.345", "33333.3")) {
            prices.add(both(new ChargeModel.PerSeat(unit(unit))));
        }
        List<ChargeModel.Tier> tiers = List.of(ChargeModel.Tier.of(10L, unit("500.25")), new ChargeModel.Tier(null, unit("333"), new Money(1000, USD)));
        prices.add(both(new ChargeModel.Volume(tiers)));
        prices.add(both(new ChargeModel.Graduated(tiers)));
        story.stripe.coupons().create(CouponCreateParams.builder().setId("percent").setPercentOff(new BigDecimal("33.3")).setDuration(CouponCreateParams.Duration.FOREVER).build());
        story.stripe.coupons().create(CouponCreateParams.builder().setId("amount").setAmountOff(777L).setCurrency("usd").setDuration(CouponCreateParams.Duration.ONCE).build());
        story.stripe.coupons().create(CouponCreateParams.builder().setId("own").setPercentOff(new BigDecimal("12.5")).setDuration(CouponCreateParams.Duration.FOREVER).build());
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void quotesAndInvoicesAgreeToTheMinorUnit() throws StripeException {
        for (long seed = 1; seed <= STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            BillingMode mode = random.nextInt(3) == 0 ? BillingMode.CLASSIC : BillingMode.FLEXIBLE;
            List<Discount> discounts = new ArrayList<>();
            if (random.nextBoolean()) {
                discounts.add(percent);
            }
            if (mode == BillingMode.FLEXIBLE && random.nextBoolean()) {
                discounts.add(amount);
            }
            live(random, mode, discounts, "story " + seed + ", " + mode + ", " + discounts.size() + " discounts");
        }
    }

    @Test
    void whatReducesOneItemAloneComesBeforeWhatReducesAll() throws StripeException {
        for (long seed = 1; seed <= STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            BillingMode mode = random.nextInt(3) == 0 ? BillingMode.CLASSIC : BillingMode.FLEXIBLE;
            List<Discount> shared = random.nextBoolean() ? List.of(percent) : List.of();
            bundle(random, mode, shared, "bundle " + seed + ", " + mode + ", " + shared.size() + " shared");
        }
    }

    @Test
    void firstPeriodsThatEndBeforeTheirTimeAgreeAndSoDoChangesWithinThem() throws StripeException {
        for (long seed = 1; seed <= STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            stub(random, Stream.of(percent, amount).filter(_ -> random.nextBoolean()).toList(), "stub " + seed);
        }
    }

    @Test
    void severalAtAStartReduceInTheOrderInWhichTheyStand() throws StripeException {
        story.stripe.coupons().create(CouponCreateParams.builder().setId("off").setAmountOff(1_234L).setCurrency("usd").setDuration(CouponCreateParams.Duration.FOREVER).build());
        story.stripe.coupons().create(CouponCreateParams.builder().setId("year").setPercentOff(new BigDecimal("17.5")).setDuration(CouponCreateParams.Duration.REPEATING)
                .setDurationInMonths(12L).build());
        Discount off = new Discount("off", new Discount.Reduction.AmountOff(new Money(1_234, USD)), new Discount.Term.Forever(), Instant.EPOCH);
        for (long seed = 1; seed <= STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Discount year = new Discount("year", new Discount.Reduction.PercentOff(new BigDecimal("17.5")), new Discount.Term.Repeating(12), story.clock.instant().minusSeconds(900));
            List<Discount> discounts = new ArrayList<>(List.of(percent, amount, off, year));
            Collections.shuffle(discounts, new Random(seed));
            List<Discount> taken = discounts.subList(0, 2 + random.nextInt(3));
            stub(random, taken, "several " + seed);
            live(random, BillingMode.FLEXIBLE, taken, "several, whole " + seed);
        }
    }

    /** Dated back by less than a quote's life to a second of which the sandbox knows nothing else; then changed, and renewed. */
    private void stub(SplittableRandom random, List<Discount> discounts, String name) throws StripeException {
        Both first = prices.get(random.nextInt(prices.size()));
        long quantity = random.nextLong(1, 40);
        Instant from = story.clock.instant().minusSeconds(random.nextInt(900));
        Instant anchor = from.plusSeconds(random.nextLong(1_000, 28 * 86_400));
        Subscription subscription = subscribe(first, quantity, BillingMode.FLEXIBLE, discounts,
                params -> params.setBackdateStartDate(from.getEpochSecond()).setBillingCycleAnchor(anchor.getEpochSecond()));
        Period period = new Period(from, anchor);
        Quotation quotation = Quotation.of(new QuotationFacts(from, BillingMode.FLEXIBLE, Proration.INVOICE_NOW, List.of(),
                List.of(item(first, quantity, discounts)), period, new BillingAnchor(anchor), null, null, Money.zero(USD)));
        same(story.latestInvoice(subscription), quotation, name + ", start");
        assertThat(quotation.period()).as(name).isEqualTo(period);
        long at = story.clock.instant().getEpochSecond();
        for (int i = 0; i < 2; i++) {
            at = random.nextLong(at, anchor.getEpochSecond());
            quotation = change(subscription, quotation, prices.get(random.nextInt(prices.size())), random.nextLong(1, 40), Instant.ofEpochSecond(at),
                    BillingMode.FLEXIBLE, period, name + ", change " + i);
        }
        story.travelTo(anchor);
        assertThat(story.latestInvoice(subscription).getTotal()).as(name + ", renewed").isEqualTo(Objects.requireNonNull(quotation.next()).total().minor());
    }

    @Test
    void aDiscountOfSomeProductsReducesTheirItemsAlone() throws StripeException {
        List<Both> some = List.of(prices.get(0), prices.get(3), prices.get(4));
        CouponCreateParams.AppliesTo products =
                CouponCreateParams.AppliesTo.builder().addAllProduct(some.stream().map(each -> each.stripe().getProduct()).toList()).build();
        story.stripe.coupons().create(CouponCreateParams.builder().setId("some").setPercentOff(new BigDecimal("17.5")).setAppliesTo(products)
                .setDuration(CouponCreateParams.Duration.FOREVER).build());
        story.stripe.coupons().create(CouponCreateParams.builder().setId("some-off").setAmountOff(1_234L).setCurrency("usd").setAppliesTo(products)
                .setDuration(CouponCreateParams.Duration.FOREVER).build());
        Set<String> offerings = some.stream().map(each -> each.stripe().getId()).collect(Collectors.toSet());
        Discount part = new Discount("some", new Discount.Reduction.PercentOff(new BigDecimal("17.5")), new Discount.Term.Forever(), Instant.EPOCH, offerings);
        Discount off = new Discount("some-off", new Discount.Reduction.AmountOff(new Money(1_234, USD)), new Discount.Term.Forever(), Instant.EPOCH, offerings);
        for (long seed = 1; seed <= STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            BillingMode mode = random.nextInt(3) == 0 ? BillingMode.CLASSIC : BillingMode.FLEXIBLE;
            Discount restricted = mode == BillingMode.FLEXIBLE && random.nextBoolean() ? off : part;
            List<Discount> discounts = List.of(List.of(restricted), List.of(percent, restricted), List.of(restricted, percent)).get(random.nextInt(3));
            live(random, mode, discounts, "some products " + seed + ", " + mode + ", " + discounts.size() + " discounts");
            bundle(random, mode, discounts, "some products beside " + seed + ", " + mode + ", " + discounts.size() + " discounts");
        }
    }

    /** Where earlier discounts have left a few cents, the line that takes the rest may not have as many. */
    @Test
    void whatIsTakenOffAFewCentsIsSharedAlikeAndLeavesNoLineBelowNothing() {
        for (long seed = 1; seed <= 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[] left = random.longs(random.nextInt(1, 6), 0, 5).toArray();
            long total = random.nextLong(LongStream.of(left).sum() + 1);
            assertThat(Reduction.allocate(total, left)).as(total + " of " + Arrays.toString(left)).containsExactly(
                    Allocation.inProportion(new Money(total, USD), LongStream.of(left).mapToObj(each -> new Money(each, USD)).toList()).stream()
                            .mapToLong(Money::minor).toArray());
        }
    }

    /** Of those that count once some leave nothing to the others, which count later then. */
    @Test
    void whateverIsCombinedReducesTheSameInEveryPeriodAndWhatFindsNothingLeftIsNotUsed() throws StripeException {
        coupon("all-once", coupon -> coupon.setPercentOff(new BigDecimal("100")).setDuration(CouponCreateParams.Duration.ONCE));
        coupon("half-once", coupon -> coupon.setPercentOff(new BigDecimal("50")).setDuration(CouponCreateParams.Duration.ONCE));
        coupon("much-once", coupon -> coupon.setAmountOff(9_999_999L).setCurrency("usd").setDuration(CouponCreateParams.Duration.ONCE));
        coupon("off-forever", coupon -> coupon.setAmountOff(123L).setCurrency("usd").setDuration(CouponCreateParams.Duration.FOREVER));
        coupon("all-of-a-month", coupon -> coupon.setPercentOff(new BigDecimal("100")).setDuration(CouponCreateParams.Duration.REPEATING).setDurationInMonths(1L));
        coupon("off-for-months", coupon -> coupon.setAmountOff(6_000L).setCurrency("usd").setDuration(CouponCreateParams.Duration.REPEATING).setDurationInMonths(2L));
        for (long seed = 1; seed <= STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Instant start = story.clock.instant();
            List<Discount> all = new ArrayList<>(List.of(percent, amount,
                    new Discount("all-once", new Discount.Reduction.PercentOff(new BigDecimal("100")), new Discount.Term.Once(), start),
                    new Discount("half-once", new Discount.Reduction.PercentOff(new BigDecimal("50")), new Discount.Term.Once(), start),
                    new Discount("much-once", new Discount.Reduction.AmountOff(new Money(9_999_999, USD)), new Discount.Term.Once(), start),
                    new Discount("off-forever", new Discount.Reduction.AmountOff(new Money(123, USD)), new Discount.Term.Forever(), start),
                    new Discount("all-of-a-month", new Discount.Reduction.PercentOff(new BigDecimal("100")), new Discount.Term.Repeating(1), start),
                    new Discount("off-for-months", new Discount.Reduction.AmountOff(new Money(6_000, USD)), new Discount.Term.Repeating(2), start)));
            Collections.shuffle(all, new Random(seed));
            List<Discount> taken = all.subList(0, random.nextInt(2, 6));
            renewed(random, taken, "combined " + seed + ", " + taken.stream().map(Discount::ref).toList());
        }
    }

    private void coupon(String id, UnaryOperator<CouponCreateParams.Builder> terms) throws StripeException {
        story.stripe.coupons().create(terms.apply(CouponCreateParams.builder().setId(id)).build());
    }

    /** Begun, renewed, changed, and renewed until nothing counts any more that counts once. */
    private void renewed(SplittableRandom random, List<Discount> discounts, String name) throws StripeException {
        Both first = prices.get(random.nextInt(prices.size()));
        long quantity = random.nextLong(1, 40);
        Instant start = story.clock.instant();
        BillingAnchor anchor = new BillingAnchor(start);
        Subscription subscription = subscribe(first, quantity, BillingMode.FLEXIBLE, discounts);
        Quotation quotation = Quotation.of(new QuotationFacts(start, BillingMode.FLEXIBLE, Proration.INVOICE_NOW, List.of(),
                List.of(item(first, quantity, discounts)), anchor.period(Interval.MONTH, 0), anchor, null, null, Money.zero(USD)));
        same(story.latestInvoice(subscription), quotation, name + ", start");
        for (int month = 1; month <= 5; month++) {
            Period period = anchor.period(Interval.MONTH, month);
            Renewal renewal = Renewal.of(quotation.items(), period, quotation.now().endingBalance());
            assertThat(Objects.requireNonNull(quotation.next()).total()).as(name).isEqualTo(renewal.invoice().total());
            story.travelTo(period.from());
            Invoice renewed = story.latestInvoice(subscription);
            assertThat(renewed.getTotal()).as(name + ", month " + month).isEqualTo(renewal.invoice().total().minor());
            Instant at = Instant.ofEpochSecond(random.nextLong(period.from().getEpochSecond(), period.until().getEpochSecond()));
            Item held = renewal.items().getFirst().item();
            long more = held.quantity() + random.nextLong(2);
            Item target = new Item(held.ref(), held.offering(), held.name(), held.kind(), held.price(), more, held.discounts());
            quotation = Quotation.of(new QuotationFacts(at, BillingMode.FLEXIBLE, Proration.INVOICE_NOW, renewal.items(), List.of(target), period, anchor,
                    null, null, renewal.invoice().endingBalance()));
            if (more > held.quantity()) {
                story.update(subscription, SandboxStory.to(subscription, first.stripe(), more).setProrationDate(at.getEpochSecond())
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE));
                same(story.latestInvoice(subscription), quotation, name + ", changed in month " + month);
            }
        }
        story.stripe.subscriptions().cancel(subscription.getId());
    }

    /** One item comes with the first period, another one joins it, and each is reduced by itself or not, from then on or from before. */
    private void bundle(SplittableRandom random, BillingMode mode, List<Discount> shared, String name) throws StripeException {
        int one = random.nextInt(prices.size());
        Both first = prices.get(one);
        Both second = prices.get((one + 1 + random.nextInt(prices.size() - 1)) % prices.size());
        Instant start = story.clock.instant();
        long quantity = random.nextLong(1, 40);
        Subscription subscription = subscribe(first, quantity, mode, shared);
        Period period = new Period(start, Instant.ofEpochSecond(subscription.getItems().getData().getFirst().getCurrentPeriodEnd()));
        Quotation begun = Quotation.of(new QuotationFacts(start, mode, Proration.INVOICE_NOW, List.of(), List.of(item(first, quantity, shared)),
                period, new BillingAnchor(start), null, null, Money.zero(USD)));
        Instant at = Instant.ofEpochSecond(random.nextLong(start.getEpochSecond(), period.until().getEpochSecond()));
        long other = random.nextLong(1, 40);
        long changed = random.nextBoolean() ? quantity : quantity + 1;
        Quotation joined = Quotation.of(new QuotationFacts(at, mode, Proration.INVOICE_NOW, begun.items(),
                List.of(item(first, changed, own("a", at, shared)), named("second", item(second, other, own("b", at, shared)))), period,
                new BillingAnchor(start), null, null, begun.now().endingBalance()));
        String there = subscription.getItems().getData().getFirst().getId();
        story.update(subscription, SubscriptionUpdateParams.builder().setProrationDate(at.getEpochSecond())
                .addItem(SubscriptionUpdateParams.Item.builder().setId(there).setPrice(first.stripe().getId()).setQuantity(changed).addDiscount(coupon()).build())
                .addItem(SubscriptionUpdateParams.Item.builder().setPrice(second.stripe().getId()).setQuantity(other).addDiscount(coupon()).build())
                .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE));
        same(story.latestInvoice(subscription), joined, name);
        story.travelTo(period.until());
        assertThat(story.latestInvoice(subscription).getTotal()).as(name + ", renewed").isEqualTo(Objects.requireNonNull(joined.next()).total().minor());
    }

    private static SubscriptionUpdateParams.Item.Discount coupon() {
        return SubscriptionUpdateParams.Item.Discount.builder().setCoupon("own").build();
    }

    private List<Discount> own(String ref, Instant at, List<Discount> shared) {
        Discount own = new Discount(ref, new Discount.Reduction.PercentOff(new BigDecimal("12.5")), new Discount.Term.Forever(), at);
        return Stream.concat(Stream.of(own), shared.stream()).toList();
    }

    private static Item named(String ref, Item item) {
        return new Item(ref, item.offering(), item.name(), item.kind(), item.price(), item.quantity(), item.discounts());
    }

    private void live(SplittableRandom random, BillingMode mode, List<Discount> discounts, String name) throws StripeException {
        Both first = prices.get(random.nextInt(prices.size()));
        long quantity = random.nextLong(1, 40);
        Instant start = story.clock.instant();
        Subscription subscription = subscribe(first, quantity, mode, discounts);
        Period period = new Period(start, Instant.ofEpochSecond(subscription.getItems().getData().getFirst().getCurrentPeriodEnd()));
        Quotation quotation = Quotation.of(new QuotationFacts(start, mode, Proration.INVOICE_NOW, List.of(), List.of(item(first, quantity, discounts)),
                period, new BillingAnchor(start), null, null, Money.zero(USD)));
        same(story.latestInvoice(subscription), quotation, name + ", start");
        long at = start.getEpochSecond();
        for (int i = 0; i < CHANGES; i++) {
            at = random.nextLong(at, period.until().getEpochSecond());
            Both next = prices.get(random.nextInt(prices.size()));
            quotation = change(subscription, quotation, next, random.nextLong(1, 40), Instant.ofEpochSecond(at), mode, period, name + ", change " + i);
        }
    }

    private Quotation change(Subscription subscription, Quotation before, Both price, long quantity, Instant at, BillingMode mode, Period period,
            String name) throws StripeException {
        List<BilledItem> current = before.items();
        Item target = item(price, quantity, current.getFirst().item().discounts());
        Quotation quotation = Quotation.of(new QuotationFacts(at, mode, Proration.INVOICE_NOW, current, List.of(target), period,
                before.anchor(), null, null, before.now().endingBalance()));
        String previous = story.stripe.subscriptions().retrieve(subscription.getId()).getLatestInvoice();
        story.update(subscription, SandboxStory.to(subscription, price.stripe(), quantity).setProrationDate(at.getEpochSecond())
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE));
        Invoice invoice = story.latestInvoice(subscription);
        assertThat(invoice.getId().equals(previous)).as(name).isEqualTo(quotation.now().lines().isEmpty());
        if (!invoice.getId().equals(previous)) {
            same(invoice, quotation, name);
        }
        return quotation;
    }

    private static void same(Invoice invoice, Quotation quotation, String name) {
        assertThat(invoice.getLines().getData()).as(name).extracting(QuotationAgreementTest::net)
                .isEqualTo(quotation.now().lines().stream().map(InvoiceLine::amount).map(Money::minor).toList());
        assertThat(List.of(invoice.getAmountDue(), invoice.getEndingBalance())).as(name)
                .isEqualTo(List.of(quotation.dueNow().minor(), quotation.now().endingBalance().minor()));
    }

    private static long net(InvoiceLineItem line) {
        return line.getAmount() - line.getDiscountAmounts().stream().mapToLong(InvoiceLineItem.DiscountAmount::getAmount).sum();
    }

    private Subscription subscribe(Both price, long quantity, BillingMode mode, List<Discount> discounts) throws StripeException {
        return subscribe(price, quantity, mode, discounts, params -> params);
    }

    private Subscription subscribe(
            Both price, long quantity, BillingMode mode, List<Discount> discounts, UnaryOperator<SubscriptionCreateParams.Builder> more) throws StripeException {
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder().setCustomer(story.customer("pm_card_visa").getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price.stripe().getId()).setQuantity(quantity).build())
                .setBillingMode(SubscriptionCreateParams.BillingMode.builder().setType(mode == BillingMode.CLASSIC
                        ? SubscriptionCreateParams.BillingMode.Type.CLASSIC : SubscriptionCreateParams.BillingMode.Type.FLEXIBLE).build());
        discounts.forEach(discount -> params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(discount.ref()).build()));
        return story.stripe.subscriptions().create(more.apply(params).build());
    }

    private static Item item(Both price, long quantity, List<Discount> discounts) {
        return new Item("item", price.stripe().getId(), "Plan", Item.Kind.PRODUCT, price.ours(), quantity, discounts);
    }

    private Both both(ChargeModel model) throws StripeException {
        PriceCreateParams.Builder params = PriceCreateParams.builder().setCurrency("usd").setProduct(story.product("Plan").getId())
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build());
        switch (model) {
            case ChargeModel.PerSeat seat -> params.setUnitAmountDecimal(seat.seat().minor());
            case ChargeModel.Volume volume -> tiered(params, PriceCreateParams.TiersMode.VOLUME, volume.tiers());
            case ChargeModel.Graduated graduated -> tiered(params, PriceCreateParams.TiersMode.GRADUATED, graduated.tiers());
            case ChargeModel.Flat _, ChargeModel.Packaged _ -> throw new IllegalArgumentException("Not among the samples: " + model);
        }
        return new Both(story.stripe.prices().create(params.build()), new Price(Interval.MONTH, USD, model));
    }

    private static void tiered(PriceCreateParams.Builder params, PriceCreateParams.TiersMode mode, List<ChargeModel.Tier> tiers) {
        params.setBillingScheme(PriceCreateParams.BillingScheme.TIERED).setTiersMode(mode);
        tiers.forEach(tier -> {
            PriceCreateParams.Tier.Builder sent = PriceCreateParams.Tier.builder().setUnitAmountDecimal(tier.unit().minor()).setFlatAmount(tier.flatFee().minor());
            params.addTier((tier.upTo() == null ? sent.setUpTo(PriceCreateParams.Tier.UpTo.INF) : sent.setUpTo(tier.upTo())).build());
        });
    }

    private static UnitPrice unit(String minor) {
        return new UnitPrice(new BigDecimal(minor), USD);
    }
}
