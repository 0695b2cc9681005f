package dev.headroom.pricing;

import static dev.headroom.ForAll.forAll;
import static dev.headroom.pricing.Samples.APRIL;
import static dev.headroom.pricing.Samples.in;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.percentOff;
import static dev.headroom.pricing.Samples.usd;
import static dev.headroom.pricing.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Discount.Term.Forever;
import dev.headroom.pricing.InvoiceLine.Kind;
import dev.headroom.pricing.Samples.Change;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuotationPropertiesTest {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** A billed item, another one to change to, the second of the change, mode and balance. */
    private record Swap(Item before, Item after, Instant at, BillingMode mode, long balance) {

        Change change() {
            return in(APRIL, at).mode(mode).balance(balance);
        }

        Quotation there() {
            return change().from(before).to(after);
        }

        Quotation back() {
            return change().from(there().items()).to(before);
        }
    }

    @Test
    void aChangeAndItsReversalAtTheSameSecondNetToZero() {
        forAll(QuotationPropertiesTest::swap, swap ->
                assertThat(swap.there().now().total().plus(swap.back().now().total())).isEqualTo(usd(0)));
    }

    @Test
    void theReversalNetsToZeroUnderADiscountToo() {
        Discount off = percentOff("off", "33.3", new Forever());
        forAll(QuotationPropertiesTest::swap, plain -> {
            Swap swap = new Swap(with(plain.before, off), with(plain.after, off), plain.at, plain.mode, 0);
            assertThat(swap.there().now().total().plus(swap.back().now().total())).isEqualTo(usd(0));
        });
    }

    @Test
    void everyLineIsWithinHalfAMinorUnitOfItsExactValue() {
        forAll(QuotationPropertiesTest::swap, swap -> assertThat(swap.there().now().lines()).allSatisfy(line ->
                assertThat(new BigDecimal(line.exact()).subtract(BigDecimal.valueOf(line.amount().minor())).abs())
                        .isLessThanOrEqualTo(HALF)));
    }

    @Test
    void whatIsDuePlusWhatTheBalanceTakesIsTheTotal() {
        forAll(QuotationPropertiesTest::swap, swap -> {
            Invoice invoice = swap.there().now();
            assertThat(invoice.due().isNegative()).isFalse();
            assertThat(invoice.due()).isEqualTo(invoice.total().plus(invoice.balanceApplied()));
            assertThat(invoice.endingBalance().minor()).isEqualTo(swap.balance + invoice.total().minor() - invoice.due().minor());
        });
    }

    @Test
    void theSameFactsGiveTheSameQuotation() {
        forAll(QuotationPropertiesTest::swap, swap -> assertThat(swap.there()).isEqualTo(swap.there()));
    }

    /** Each of n parts is off by at most half a minor unit, so their sum by at most n/2. */
    @Test
    void adjacentPeriodsProrateToTheWholeWithinHalfAUnitEach() {
        forAll(
                random -> random.longs(random.nextInt(1, 6), 1, APRIL.seconds()).distinct().sorted().boxed().toList(),
                cuts -> {
                    Money net = usd(12347);
                    List<Portion> parts = parts(cuts);
                    long sum = parts.stream()
                            .mapToLong(part -> Rounding.toMoney(Ratio.of(net).times(part.ratio()), net.currency()).minor())
                            .sum();
                    assertThat(parts.stream().map(Portion::ratio).reduce(Ratio.ZERO, Ratio::plus)).isEqualTo(Ratio.ONE);
                    assertThat(2 * Math.abs(sum - net.minor())).isLessThanOrEqualTo(parts.size());
                });
    }

    @Test
    void howeverOftenASubscriptionChangesItIsNeverCreditedMoreThanItWasDebited() {
        forAll(QuotationPropertiesTest::chain, chain -> {
            List<BilledItem> items = Samples.billed(APRIL, chain.getFirst().before);
            long debited = items.getFirst().debits().getFirst().net().minor();
            long credited = 0;
            for (Swap swap : chain) {
                Quotation quotation = in(APRIL, swap.at).from(items).to(swap.after);
                for (InvoiceLine credit : credits(quotation)) {
                    assertThat(-credit.amount().minor()).isBetween(0L, credit.gross().minor());
                }
                credited -= credits(quotation).stream().mapToLong(line -> line.amount().minor()).sum();
                assertThat(credited).isLessThanOrEqualTo(debited);
                debited += quotation.now().lines().stream()
                        .filter(line -> line.kind() == Kind.CHARGE)
                        .mapToLong(line -> line.amount().minor())
                        .sum();
                items = quotation.items();
            }
        });
    }

    private static List<InvoiceLine> credits(Quotation quotation) {
        return quotation.now().lines().stream().filter(line -> line.kind() == Kind.CREDIT).toList();
    }

    private static List<Portion> parts(List<Long> cuts) {
        List<Long> seconds = Stream.of(LongStream.of(0).boxed(), cuts.stream(), LongStream.of(APRIL.seconds()).boxed())
                .flatMap(part -> part)
                .toList();
        List<Portion> parts = new ArrayList<>();
        for (int i = 1; i < seconds.size(); i++) {
            Period part = new Period(APRIL.from().plusSeconds(seconds.get(i - 1)), APRIL.from().plusSeconds(seconds.get(i)));
            parts.add(new Portion(part, APRIL));
        }
        return parts;
    }

    private static Swap swap(SplittableRandom random) {
        BillingMode mode = random.nextBoolean() ? BillingMode.CLASSIC : BillingMode.FLEXIBLE;
        return new Swap(item(random, "Old"), item(random, "New"), second(random), mode, random.nextLong(-20_000, 20_000));
    }

    private static List<Swap> chain(SplittableRandom random) {
        return Stream.generate(() -> swap(random))
                .limit(random.nextInt(1, 8))
                .sorted((a, b) -> a.at.compareTo(b.at))
                .toList();
    }

    private static Item item(SplittableRandom random, String name) {
        return Samples.plan(name, monthly(random.nextLong(1, 99_999)), random.nextLong(1, 200));
    }

    private static Instant second(SplittableRandom random) {
        return APRIL.from().plusSeconds(random.nextLong(APRIL.seconds()));
    }
}
