package dev.headroom.pricing;

import static dev.headroom.pricing.Samples.APRIL;
import static dev.headroom.pricing.Samples.MID_APRIL;
import static dev.headroom.pricing.Samples.USD;
import static dev.headroom.pricing.Samples.amountOff;
import static dev.headroom.pricing.Samples.cents;
import static dev.headroom.pricing.Samples.in;
import static dev.headroom.pricing.Samples.inApril;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.percentOff;
import static dev.headroom.pricing.Samples.period;
import static dev.headroom.pricing.Samples.plan;
import static dev.headroom.pricing.Samples.usd;
import static dev.headroom.pricing.Samples.with;
import static dev.headroom.pricing.Samples.yearly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.pricing.Discount.Term.Forever;
import dev.headroom.pricing.Discount.Term.Once;
import dev.headroom.pricing.InvoiceLine.Kind;
import dev.headroom.pricing.Samples.Change;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotationTest {

    private static final Change HALFWAY = in(APRIL, MID_APRIL);
    private static final Item STARTER = plan("Starter", monthly(9900), 1);
    private static final Item PRO = plan("Pro", monthly(29900), 1);
    private static final Item FIVE_SEATS = plan("Team", monthly(2500), 5);
    private static final Item SIX_SEATS = plan("Team", monthly(2500), 6);
    private static final Item MODULE = Item.of("module", "analytics", "Analytics", monthly(4000), 1);

    @Test
    void anUpgradeCreditsTheOldPlanAndChargesTheNewOneForTheRestOfThePeriod() {
        Quotation quotation = HALFWAY.from(STARTER).to(PRO);

        assertThat(quotation.now().lines().stream().map(InvoiceLine::description))
                .containsExactly("Unused time on Starter after 16 Apr 2026", "Remaining time on Pro after 16 Apr 2026");
        assertThat(amounts(quotation)).containsExactly(-4950L, 14950L);
        assertThat(quotation.dueNow()).isEqualTo(usd(10000));
        assertThat(next(quotation).at()).isEqualTo(APRIL.until());
        assertThat(next(quotation).total()).isEqualTo(usd(29900));
    }

    @Test
    void aFirstPeriodThatEndsWithAnothersIsChargedForWhatIsLeftOfItsCycle() {
        Quotation quotation = Quotation.of(beginning("2026-03-21T00:00:00Z", "2026-04-01T00:00:00Z", FIVE_SEATS));

        assertThat(quotation.now().lines()).containsExactly(new InvoiceLine(
                Kind.CHARGE, "plan", "5 × Team until 1 Apr 2026", 5, period("2026-03-21T00:00:00Z", "2026-04-01T00:00:00Z"), 11 * 86_400, 31 * 86_400, "11/31",
                usd(12500), usd(0), "4435.483871", usd(4435), "12500 × 11/31 = 4435.483871, rounded to 4435 (44.35 USD)", InvoiceLine.Source.HEADROOM));
        assertThat(quotation.period()).isEqualTo(period("2026-03-21T00:00:00Z", "2026-04-01T00:00:00Z"));
        assertThat(quotation.anchor()).isEqualTo(new BillingAnchor(APRIL.from()));
        assertThat(next(quotation).lines()).extracting(InvoiceLine::period).containsExactly(APRIL);
        assertThat(next(quotation).total()).isEqualTo(usd(12500));
        assertThat(quotation.after().total()).isEqualTo(usd(12500));
    }

    @Test
    void whatChangesInAFirstPeriodThatWasCutShortIsGivenBackFromWhatWasChargedForIt() {
        Quotation begun = Quotation.of(beginning("2026-03-21T00:00:00Z", "2026-04-01T00:00:00Z", FIVE_SEATS));
        Instant at = Instant.parse("2026-03-26T12:00:00Z");
        Quotation changed = Quotation.of(new QuotationFacts(
                at, BillingMode.FLEXIBLE, Proration.INVOICE_NOW, begun.items(), List.of(SIX_SEATS), begun.period(),
                begun.anchor(), null, null, usd(0)));

        assertThat(amounts(changed)).as("half of 44.35; 5.5 of 31 days of 6 × 25.00").containsExactly(-2218L, 2661L);
    }

    @Test
    void aDiscountReducesAFirstPeriodThatWasCutShortAndIsNotUsedUpByIt() {
        Item once = with(FIVE_SEATS, percentOff("offer", "20", new Once()));
        Quotation quotation = Quotation.of(beginning("2026-03-21T00:00:00Z", "2026-04-01T00:00:00Z", once));

        assertThat(amounts(quotation)).as("11/31 of 100.00").containsExactly(3548L);
        assertThat(next(quotation).total()).isEqualTo(usd(10000));
    }

    @Test
    void aFirstPeriodIsNoLongerThanTheOthers() {
        assertThatIllegalArgumentException().isThrownBy(() -> beginning("2026-02-27T00:00:00Z", "2026-04-01T00:00:00Z", FIVE_SEATS))
                .withMessageContaining("no longer than the others");
    }

    private static QuotationFacts beginning(String at, String anchor, Item item) {
        Instant from = Instant.parse(at);
        return new QuotationFacts(
                from, BillingMode.FLEXIBLE, Proration.INVOICE_NOW, List.of(), List.of(item), APRIL, new BillingAnchor(Instant.parse(anchor)), null, null, usd(0));
    }

    @Test
    void everyLineCanBeCheckedByHand() {
        InvoiceLine credit = inApril("2026-04-16T06:16:40Z").from(FIVE_SEATS).to(SIX_SEATS).now().lines().getFirst();

        assertThat(credit).isEqualTo(new InvoiceLine(
                Kind.CREDIT,
                "plan",
                "Unused time on 5 × Team after 16 Apr 2026",
                5,
                period("2026-04-16T06:16:40Z", "2026-05-01T00:00:00Z"),
                1273400,
                2592000,
                "6367/12960",
                usd(12500),
                usd(0),
                "-6141.010802",
                usd(-6141),
                "12500 × -6367/12960 = -6141.010802, rounded to -6141 (-61.41 USD)",
                InvoiceLine.Source.HEADROOM));
    }

    @Test
    void theWholeOldQuantityIsCreditedAgainstTheWholeNewOne() {
        Quotation quotation = HALFWAY.from(FIVE_SEATS).to(SIX_SEATS);

        assertThat(quotation.now().lines().stream().map(InvoiceLine::quantity)).containsExactly(5L, 6L);
        assertThat(amounts(quotation)).containsExactly(-6250L, 7500L);
    }

    @Test
    void whatDoesNotChangeMakesNoLines() {
        Quotation quotation = HALFWAY.from(FIVE_SEATS, MODULE).to(SIX_SEATS, MODULE);

        assertThat(quotation.now().lines()).extracting(InvoiceLine::item).containsOnly("plan");
        assertThat(next(quotation).total()).isEqualTo(usd(19000));
    }

    @Test
    void nothingChangedCostsNothingAndLeavesTheBalanceAlone() {
        Quotation quotation = HALFWAY.balance(700).from(FIVE_SEATS).to(FIVE_SEATS);

        assertThat(quotation.now().lines()).isEmpty();
        assertThat(quotation.dueNow()).isEqualTo(usd(0));
        assertThat(quotation.now().endingBalance()).isEqualTo(usd(700));
        assertThat(quotation.growth()).isEqualTo(GrowthKind.NONE);
    }

    @Test
    void anotherDiscountAloneMakesNoLinesButLowersTheNextInvoice() {
        Quotation quotation = HALFWAY.from(PRO).to(with(PRO, percentOff("off", "20", new Forever())));

        assertThat(quotation.now().lines()).isEmpty();
        assertThat(next(quotation).total()).isEqualTo(usd(23920));
        assertThat(quotation.growth()).isEqualTo(GrowthKind.CONTRACTION);
    }

    @Test
    void anotherPriceOfTheSamePlanIsProratedToo() {
        Quotation quotation = HALFWAY.from(PRO).to(plan("Pro", monthly(31900), 1));

        assertThat(amounts(quotation)).containsExactly(-14950L, 15950L);
        assertThat(quotation.growth()).isEqualTo(GrowthKind.PRICE_INCREASE);
    }

    @Test
    void anotherPlanAtTheSamePriceStillHasItsTwoLines() {
        Quotation quotation = HALFWAY.from(PRO).to(plan("Pro Plus", monthly(29900), 1));

        assertThat(amounts(quotation)).containsExactly(-14950L, 14950L);
        assertThat(quotation.dueNow()).isEqualTo(usd(0));
    }

    @Test
    void anAddOnIsChargedForTheRestOfThePeriod() {
        Quotation quotation = HALFWAY.from(PRO).to(PRO, MODULE);

        assertThat(amounts(quotation)).containsExactly(2000L);
        assertThat(quotation.growth()).isEqualTo(GrowthKind.CROSS_SELL);
    }

    @Test
    void aRemovedItemIsCreditedToTheBalanceAndNotPaidOut() {
        Quotation quotation = HALFWAY.from(PRO, MODULE).to(PRO);

        assertThat(quotation.now().total()).isEqualTo(usd(-2000));
        assertThat(quotation.dueNow()).isEqualTo(usd(0));
        assertThat(quotation.now().balanceApplied()).isEqualTo(usd(2000));
        assertThat(quotation.now().endingBalance()).isEqualTo(usd(-2000));
        assertThat(next(quotation).due()).isEqualTo(usd(27900));
    }

    @Test
    void cancellingEverythingLeavesNothingToBill() {
        Quotation quotation = HALFWAY.from(PRO).to();

        assertThat(quotation.next()).isNull();
        assertThat(quotation.growth()).isEqualTo(GrowthKind.CHURN);
        assertThat(quotation.after()).isEqualTo(new Quotation.Recurring(null, usd(0), usd(0)));
    }

    @ParameterizedTest
    @CsvSource({
        // balance, due, applied, ending: the invoice is 10000
        "      0,  10000,      0,      0",
        "  -3000,   7000,  -3000,      0",
        " -10000,      0, -10000,      0",
        " -12000,      0, -10000,  -2000",
        "   1500,  11500,   1500,      0",
        "  -9951,      0, -10000,     49",
        "  -9950,     50,  -9950,      0",
    })
    void theBalanceIsAppliedAsStripeDoes(long balance, long due, long applied, long ending) {
        Invoice invoice = HALFWAY.balance(balance).from(STARTER).to(PRO).now();

        assertThat(invoice.total()).isEqualTo(usd(10000));
        assertThat(invoice.due()).isEqualTo(usd(due));
        assertThat(invoice.balanceApplied()).isEqualTo(usd(applied));
        assertThat(invoice.endingBalance()).isEqualTo(usd(ending));
    }

    @Test
    void anotherIntervalCreditsTheRestAndBeginsAFullPeriodAtOnce() {
        Quotation quotation = HALFWAY.from(PRO).to(plan("Pro", yearly(299000), 1));

        assertThat(quotation.now().lines()).extracting(InvoiceLine::kind).containsExactly(Kind.CREDIT, Kind.FULL_PERIOD);
        assertThat(amounts(quotation)).containsExactly(-14950L, 299000L);
        assertThat(quotation.now().lines().getLast().description()).isEqualTo("Pro");
        assertThat(quotation.anchor()).isEqualTo(new BillingAnchor(MID_APRIL));
        assertThat(quotation.period()).isEqualTo(period("2026-04-16T00:00:00Z", "2027-04-16T00:00:00Z"));
        assertThat(next(quotation).at()).isEqualTo("2027-04-16T00:00:00Z");
        assertThat(quotation.after()).isEqualTo(new Quotation.Recurring(Interval.YEAR, usd(299000), usd(24917)));
        assertThat(quotation.growth()).isEqualTo(GrowthKind.CONTRACTION);
    }

    @Test
    void anotherIntervalWithoutProrationWaitsForThePeriodsEnd() {
        Quotation quotation = HALFWAY.unprorated().from(PRO).to(plan("Pro", yearly(299000), 1));

        assertThat(quotation.now().lines()).isEmpty();
        assertThat(quotation.period()).isEqualTo(APRIL);
        assertThat(quotation.anchor()).isEqualTo(new BillingAnchor(APRIL.until()));
        assertThat(next(quotation).lines().getFirst().period()).isEqualTo(period("2026-05-01T00:00:00Z", "2027-05-01T00:00:00Z"));
    }

    @Test
    void fromFreeToPaidBeginsAPeriodInClassicModeOnly() {
        Change change = HALFWAY.from(plan("Free", monthly(0), 1));

        assertThat(change.to(PRO).now().total()).isEqualTo(usd(14950));
        assertThat(change.to(PRO).anchor()).isEqualTo(new BillingAnchor(APRIL.from()));
        assertThat(change.classic().to(PRO).now().total()).isEqualTo(usd(29900));
        assertThat(change.classic().to(PRO).anchor()).isEqualTo(new BillingAnchor(MID_APRIL));
    }

    @Test
    void aNewSubscriptionIsChargedAFullPeriod() {
        Quotation quotation = HALFWAY.to(PRO);

        assertThat(amounts(quotation)).containsExactly(29900L);
        assertThat(quotation.growth()).isEqualTo(GrowthKind.NEW);
        assertThat(quotation.period()).isEqualTo(period("2026-04-16T00:00:00Z", "2026-05-16T00:00:00Z"));
    }

    @Test
    void inATrialEveryChangeIsFreeUntilItEnds() {
        Instant trialEnd = Instant.parse("2026-04-20T00:00:00Z");
        QuotationFacts facts = HALFWAY.from(List.of(new BilledItem(STARTER, List.of()))).facts(PRO);
        Quotation quotation = Quotation.of(new QuotationFacts(
                facts.at(),
                facts.mode(),
                facts.proration(),
                facts.current(),
                facts.target(),
                facts.period(),
                facts.anchor(),
                trialEnd,
                null,
                usd(-500)));

        assertThat(quotation.now().lines()).isEmpty();
        assertThat(quotation.dueNow()).isEqualTo(usd(0));
        assertThat(next(quotation).at()).isEqualTo(trialEnd);
        assertThat(next(quotation).due()).isEqualTo(usd(29400));
        assertThat(quotation.anchor()).isEqualTo(new BillingAnchor(trialEnd));
        assertThat(quotation.growth()).isEqualTo(GrowthKind.UPSELL);
    }

    @Test
    void aSecondChangeCreditsWhatTheFirstOneDebited() {
        Quotation first = HALFWAY.from(STARTER).to(PRO);
        Quotation second = inApril("2026-04-21T00:00:00Z").from(first.items()).to(plan("Enterprise", monthly(89900), 1));

        assertThat(first.items().getFirst().debits()).containsExactly(
                new Debit(period("2026-04-16T00:00:00Z", "2026-05-01T00:00:00Z"), 1, "Pro", usd(14950), List.of()));
        assertThat(second.now().lines().getFirst().fraction()).isEqualTo("2/3");
        assertThat(amounts(second)).containsExactly(-9967L, 29967L);
    }

    @Test
    void flexibleModeCreditsEveryDebitThatStillRuns() {
        Debit whole = new Debit(APRIL, 4, "Team", usd(10000), List.of());
        Debit extra = new Debit(period("2026-04-11T00:00:00Z", "2026-05-01T00:00:00Z"), 1, "Team", usd(1667), List.of());
        Debit ended = new Debit(period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"), 4, "Team", usd(10000), List.of());
        Change change = HALFWAY.from(List.of(new BilledItem(FIVE_SEATS, List.of(whole, extra, ended))));

        assertThat(amounts(change.to(SIX_SEATS))).containsExactly(-5000L, -1250L, 7500L);
        assertThat(amounts(change.classic().to(SIX_SEATS))).containsExactly(-6250L, 7500L);
    }

    @Test
    void aDiscountIsAnAmountTakenOffBeforeTheFraction() {
        Item discounted = with(plan("Pro", monthly(999), 1), percentOff("off", "50", new Forever()));
        InvoiceLine charge = inApril("2026-04-21T00:00:00Z").from(STARTER).to(discounted).now().lines().getLast();

        assertThat(charge.discount()).isEqualTo(usd(500));
        assertThat(charge.exact()).isEqualTo("166.333333");
        assertThat(charge.amount()).isEqualTo(usd(166));
    }

    @Test
    void aFractionOfACentIsKeptUntilTheLineIsRounded() {
        Price perCall = new Price(Interval.MONTH, USD, new PerSeat(cents("0.5")));
        InvoiceLine charge = HALFWAY.from(STARTER).to(STARTER, Item.of("calls", "calls", "Calls", perCall, 3)).now().lines().getFirst();

        assertThat(charge.gross()).isEqualTo(usd(2));
        assertThat(charge.exact()).isEqualTo("0.750000");
        assertThat(charge.amount()).isEqualTo(usd(1));
    }

    @Test
    void oneHundredPercentOffIsFreeEvenWhereThePriceRoundsUp() {
        Price perCall = new Price(Interval.MONTH, USD, new PerSeat(cents("0.5")));
        Item free = with(Item.of("calls", "calls", "Calls", perCall, 3), percentOff("all", "100", new Forever()));

        assertThat(amounts(inApril("2026-04-01T00:00:00Z").from(STARTER).to(STARTER, free))).containsExactly(0L);
    }

    @Test
    void whatReducesOneItemAloneComesBeforeWhatReducesAllWhicheverItemIsFirst() {
        Discount shared = amountOff("shared", 300, new Forever());
        Item full = with(plan("Pro", monthly(1000), 1), shared);
        Item halved = with(Item.of("insights", "Insights", "Insights", monthly(1000), 1), percentOff("own", "50", new Forever()), shared);

        assertThat(inApril("2026-04-21T00:00:00Z").from(STARTER).to(full, halved).after().total()).as("1000 and 500, of which 200 and 100 are taken").isEqualTo(usd(1200));
        assertThat(inApril("2026-04-21T00:00:00Z").from(STARTER).to(halved, full).after().total()).isEqualTo(usd(1200));
    }

    @Test
    void aSingleUseDiscountMakesTheRestOfAPeriodCheaperAndIsSpentByTheNextOne() {
        Discount once = percentOff("once", "20", new Once());
        Quotation quotation = HALFWAY.from(STARTER).to(with(PRO, once));
        Quotation later = inApril("2026-04-21T00:00:00Z").from(quotation.items()).to(with(plan("Enterprise", monthly(89900), 1), once));

        assertThat(amounts(quotation)).containsExactly(-4950L, 11960L);
        assertThat(next(quotation).total()).isEqualTo(usd(23920));
        assertThat(quotation.after().mrr()).isEqualTo(usd(29900));
        assertThat(next(later).total()).isEqualTo(usd(71920));
    }

    @Test
    void aSingleUseDiscountWaitsForTheFirstInvoice() {
        Quotation quotation = HALFWAY.unprorated().from(STARTER).to(with(PRO, percentOff("once", "20", new Once())));

        assertThat(next(quotation).total()).isEqualTo(usd(23920));
    }

    @Test
    void classicModeWeighsAnAmountOffWholeOnEachChangedItemAndFlexibleShares() {
        Discount off = amountOff("off", 3000, new Forever());
        Change change = HALFWAY.from(with(PRO, off), with(MODULE, off));

        assertThat(amounts(change.classic().to(with(PRO, off)))).containsExactly(-500L);
        assertThat(amounts(change.to(with(PRO, off)))).containsExactly(-1823L);
    }

    @Test
    void anAmountOffLargerThanThePriceMakesItFreeAndNoMore() {
        Item free = with(MODULE, amountOff("off", 5000, new Forever()));

        assertThat(amounts(HALFWAY.classic().from(PRO, free).to(PRO))).containsExactly(0L);
        assertThat(amounts(HALFWAY.from(PRO).to(PRO, free))).containsExactly(0L);
    }

    @ParameterizedTest
    @CsvSource({
        "Pro,     2500, 5, PRODUCT, UPSELL",
        "Pro,     2500, 9, PRODUCT, UPSELL",
        "Starter, 2400, 2, PRODUCT, SEAT_EXPANSION",
        "Starter, 2400, 2, SEATS,   SEAT_EXPANSION",
        "Starter, 2400, 2, USAGE,   USAGE_EXPANSION",
        "Pro,     2500, 1, USAGE,   USAGE_EXPANSION",
        "Pro,     2500, 1, SEATS,   SEAT_EXPANSION",
        "Starter, 2500, 1, PRODUCT, PRICE_INCREASE",
        "Pro,     2000, 1, PRODUCT, CONTRACTION",
        "Pro,     1200, 2, PRODUCT, NONE",
    })
    void aChangeIsNamedByWhatRaisedTheRecurringRevenue(
            String offering, long price, long quantity, Item.Kind kind, GrowthKind growth) {
        Item before = new Item("item", "Starter", "Starter", kind, monthly(2400), 1, List.of());
        Item after = new Item("item", offering, offering, kind, monthly(price), quantity, List.of());

        assertThat(HALFWAY.from(before).to(after).growth()).isEqualTo(growth);
    }

    @Test
    void severalCausesAreNamedByTheStrongest() {
        Item bigModule = Item.of("module", "analytics", "Analytics", monthly(90000), 1);

        assertThat(HALFWAY.from(STARTER).to(PRO, MODULE).growth()).isEqualTo(GrowthKind.UPSELL);
        assertThat(HALFWAY.from(STARTER).to(PRO, bigModule).growth()).isEqualTo(GrowthKind.CROSS_SELL);
    }

    private static Invoice next(Quotation quotation) {
        return Objects.requireNonNull(quotation.next());
    }

    private static List<Long> amounts(Quotation quotation) {
        return quotation.now().lines().stream().map(line -> line.amount().minor()).toList();
    }
}
