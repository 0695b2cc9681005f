package dev.headroom.revenue;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import dev.headroom.revenue.Retention.Moved;
import dev.headroom.revenue.Retention.Sum;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.SegmentRepository.Part;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Recurring revenue cut in pieces that add up to the whole; for whoever may see REVENUE. */
@Service
public class Segments {

    static final int MOST_MONTHS = 60;

    private final SegmentRepository parts;
    private final SettingsRepository settings;
    private final Catalog catalog;

    Segments(SegmentRepository parts, SettingsRepository settings, Catalog catalog) {
        this.parts = parts;
        this.settings = settings;
        this.catalog = catalog;
    }

    /** By what it is cut. Every movement is in one piece, and stays there for the whole range: what moves to another plan or grows out of its size is growth of where it began. */
    public enum Dimension {
        /** What the subscription is of. */
        PRODUCT,
        /** The plan of the subscription before the range; of what began in the range, the plan that it began with. */
        PLAN,
        /** Where the account is. */
        COUNTRY,
        /** What the account paid a month when the range began, in powers of ten. */
        SIZE,
        /** The year of the account's first payment. */
        COHORT
    }

    /** One piece: what of {@code by} is called {@code key}, in ranges that begin with a month. */
    public record Slice(Dimension by, String key, YearMonth from) {}

    /**
     * What a piece did in a range.
     *
     * @param key             of the product or plan; the country, empty where unknown; the year; the least that it paid a month in minor units, 0 for who paid nothing
     * @param name            of the product or plan; of others the key
     * @param openingAccounts how many accounts paid when the range began; absent for products and plans, of which an account may have several
     * @param closingAccounts likewise when it ends
     * @param retention       by movements
     */
    public record Segment(
            String key, String name, Money opening, List<KindSum> movements, Money closing, @Nullable Long openingAccounts, @Nullable Long closingAccounts,
            Retention retention, List<SegmentMonth> months) {
        public Segment {
            movements = List.copyOf(movements);
            months = List.copyOf(months);
        }
    }

    /** What a piece did in a month: opening and movements are the closing. */
    public record SegmentMonth(YearMonth month, Money opening, List<KindSum> movements, Money closing) {
        public SegmentMonth {
            movements = List.copyOf(movements);
        }
    }

    /**
     * All pieces that have anything in the range, in the order of their size or year, else the one that closes with most first.
     *
     * @param from  inclusive
     * @param until exclusive; at most 60 months later
     */
    public List<Segment> segments(Actor actor, Currency currency, Dimension by, YearMonth from, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        Revenues.requireRange(from, until, MOST_MONTHS);
        CatalogSnapshot known = catalog.snapshot();
        Range range = new Range(currency, from, until, settings.current(), by == Dimension.PRODUCT || by == Dimension.PLAN);
        return cut(parts.parts(currency, by, from, until), each -> named(by, each, known)).entrySet().stream()
                .map(piece -> range.segment(piece.getKey(), piece.getValue()))
                .sorted(order(by))
                .toList();
    }

    static <K> Map<K, List<Part>> cut(List<Part> parts, Function<String, K> named) {
        return parts.stream().collect(Collectors.groupingBy(each -> named.apply(each.segment())));
    }

    record Named(String key, String name) {}

    private static Named named(Dimension by, String segment, CatalogSnapshot known) {
        return switch (by) {
            case PRODUCT -> {
                Product product = known.product(new ProductId(UUID.fromString(segment)));
                yield new Named(product.key(), product.name());
            }
            case PLAN -> {
                Plan plan = known.version(new PlanVersionId(UUID.fromString(segment))).plan();
                yield new Named(plan.key(), plan.name());
            }
            case COUNTRY, SIZE, COHORT -> new Named(segment, segment);
        };
    }

    /** Sizes and years in their own order, others by what they close with. */
    public static Comparator<Segment> order(Dimension by) {
        return switch (by) {
            case PRODUCT, PLAN, COUNTRY -> Comparator.comparing((Segment each) -> each.closing().minor()).reversed().thenComparing(Segment::key);
            case SIZE, COHORT -> Comparator.comparingLong(each -> Long.parseLong(each.key()));
        };
    }

    /** How pieces are told. */
    record Range(Currency currency, YearMonth from, YearMonth until, RevenueSettings counted, boolean several) {

        Segment segment(Named named, List<Part> of) {
            List<Part> before = of.stream().filter(each -> each.month() == null).toList();
            List<Part> within = of.stream().filter(each -> each.month() != null).toList();
            Money opening = new Money(amount(before), currency);
            long accounts = accounts(before);
            Moved moved = new Moved(before.stream().map(Part::sum).reduce(Sum.NOTHING, Sum::plus), kinds(within, Part::stayed), kinds(within, each -> !each.stayed() && each.known()));
            return new Segment(
                    named.key, named.name, opening, Retention.sums(kinds(within, _ -> true), opening), opening.plus(new Money(amount(within), currency)),
                    several ? null : Long.valueOf(accounts), several ? null : Long.valueOf(accounts + accounts(within)),
                    Retention.of(from, until, counted, moved, opening), months(opening, within));
        }

        private List<SegmentMonth> months(Money opening, List<Part> within) {
            Map<YearMonth, List<Part>> byMonth = within.stream().collect(Collectors.groupingBy(Part::present, TreeMap::new, Collectors.toList()));
            List<SegmentMonth> months = new ArrayList<>();
            Money opens = opening;
            for (YearMonth month = from; month.isBefore(until); month = month.plusMonths(1)) {
                List<Part> of = byMonth.getOrDefault(month, List.of());
                Money closes = opens.plus(new Money(amount(of), currency));
                months.add(new SegmentMonth(month, opens, Retention.sums(kinds(of, _ -> true), opens), closes));
                opens = closes;
            }
            return months;
        }

        private static Map<MovementKind, Sum> kinds(Collection<Part> of, Predicate<Part> which) {
            Map<MovementKind, Sum> kinds = new EnumMap<>(MovementKind.class);
            of.stream().filter(which).forEach(each -> kinds.merge(each.kind(), each.sum(), Sum::plus));
            return kinds;
        }

        private static long amount(Collection<Part> of) {
            return of.stream().mapToLong(each -> each.sum().amount()).reduce(0, Math::addExact);
        }

        private static long accounts(Collection<Part> of) {
            return of.stream().mapToLong(Part::accounts).sum();
        }
    }
}
