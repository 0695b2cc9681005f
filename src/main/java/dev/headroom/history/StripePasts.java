package dev.headroom.history;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.history.HistoryLine.Read;
import dev.headroom.history.StripeSteps.Sale;
import dev.headroom.history.StripeSteps.Step;
import dev.headroom.history.StripeSteps.Unclear;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.SettingsVersions;
import dev.headroom.stripe.StripeHistoryGateway;
import dev.headroom.stripe.StripeHistoryGateway.Billed;
import dev.headroom.stripe.StripeHistoryGateway.BilledLine;
import dev.headroom.stripe.StripeHistoryGateway.Sold;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.StripeLinksRepository;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes lines of what Stripe says of one account, as a file would tell them. What ran side by side of a product is added up, for here it runs once at a time. */
@Service
class StripePasts {

    private static final Actor.System SELF = new Actor.System("history");

    private final Catalog catalog;
    private final StripeLinksRepository links;
    private final StripeHistoryGateway stripe;
    private final SettingsVersions settings;
    private final InstantSource clock;

    StripePasts(Catalog catalog, StripeLinksRepository links, StripeHistoryGateway stripe, SettingsVersions settings, InstantSource clock) {
        this.catalog = catalog;
        this.links = links;
        this.stripe = stripe;
        this.settings = settings;
        this.clock = clock;
    }

    /** One subscription's. */
    private record Strand(Sold sold, List<Step> steps) {

        ProductId product() {
            return steps.getFirst().plan().product();
        }

        LocalDate begins() {
            return steps.getFirst().day();
        }

        /** Absent while it runs. */
        @Nullable LocalDate ends() {
            return steps.getLast().year().signum() == 0 && sold.endedAt() != null ? steps.getLast().day() : null;
        }
    }

    /** @param number of the next line */
    List<Read> of(Account account, List<Sold> subscriptions, List<Billed> invoices, IntSupplier number) {
        List<Billed> counted = withoutUse(invoices);
        List<Read> wrong = new ArrayList<>();
        List<Strand> strands = new ArrayList<>();
        for (Sold sold : subscriptions) {
            try {
                List<Step> steps = steps(sold, counted);
                if (!steps.isEmpty()) {
                    strands.add(new Strand(sold, steps));
                }
            } catch (Unclear unclear) {
                int line = number.getAsInt();
                wrong.add(new Read(line, account.key(), null, List.of(HistoryMistake.found(
                        line, sold.id(), account.key(), unclear.problem(), unclear.value(), unclear.getMessage()))));
            }
        }
        List<Read> lines = together(strands).stream().flatMap(each -> lines(account, each).stream()).sorted(Comparator.comparing(HistoryLine::from))
                .map(line -> numbered(line, number.getAsInt())).toList();
        wrong.addAll(lines);
        return wrong;
    }

    private static Read numbered(HistoryLine line, int number) {
        return new Read(number, line.account(), new HistoryLine(
                number, line.account(), "", "", "", line.currency(), line.from(), line.plan(), line.subscription(), line.seats(), line.year(), line.kind()), List.of());
    }

    private List<Step> steps(Sold sold, List<Billed> invoices) throws Unclear {
        ZoneId zone = settings.current(SELF).zone();
        StripePast past = new StripePast(sold, invoices, price -> sale(price).filter(each -> each.plan().tier()).isPresent(), clock.instant());
        return new StripeSteps(sold.currency(), zone, this::sale, product -> links.local(Kind.PRODUCT, product).map(Object::toString)).of(past.stands());
    }

    private Optional<Sale> sale(String price) {
        CatalogSnapshot known = catalog.snapshot();
        return links.local(Kind.PRICE, price).map(PriceId::new).filter(known::knows).map(id -> new Sale(known.versionOf(id), known.price(id)));
    }

    private List<Billed> withoutUse(List<Billed> invoices) {
        Set<String> unknown = invoices.stream().flatMap(each -> each.lines().stream()).map(BilledLine::price).filter(price -> sale(price).isEmpty()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> use = unknown.stream().filter(stripe::billsOverage).collect(Collectors.toSet());
        return use.isEmpty() ? invoices : invoices.stream().map(each -> new Billed(
                each.invoice(), each.customer(), each.status(), each.reason(), each.tried(), each.createdAt(), each.lines().stream().filter(line -> !use.contains(line.price())).toList(),
                each.discounts())).toList();
    }

    /** Those of one product and currency that overlap. */
    private static List<List<Strand>> together(List<Strand> strands) {
        List<List<Strand>> groups = new ArrayList<>();
        strands.stream().collect(Collectors.groupingBy(each -> List.of(each.product(), each.sold().currency()), LinkedHashMap::new, Collectors.toList())).values().forEach(same -> {
            List<Strand> open = new ArrayList<>();
            for (Strand next : same.stream().sorted(Comparator.comparing(Strand::begins)).toList()) {
                if (open.stream().map(Strand::ends).allMatch(end -> end != null && !end.isAfter(next.begins()))) {
                    groups.add(open = new ArrayList<>());
                }
                open.add(next);
            }
        });
        return groups;
    }

    private static List<HistoryLine> lines(Account account, List<Strand> group) {
        String name = group.getFirst().sold().id();
        Currency currency = group.getFirst().sold().currency();
        List<Step> steps = group.size() == 1 ? group.getFirst().steps() : addedUp(group);
        return steps.stream().map(step -> new HistoryLine(
                0, account.key(), "", "", "", currency, step.day(), step.plan().key(), name, step.seats(), step.year(), step.kind())).toList();
    }

    /** What brings most tells the plan; why more is paid is told where one alone changed that day. */
    private static List<Step> addedUp(List<Strand> group) {
        Set<LocalDate> days = group.stream().flatMap(each -> each.steps().stream()).map(Step::day).collect(Collectors.toCollection(TreeSet::new));
        Map<Strand, Step> current = new HashMap<>();
        List<Step> sums = new ArrayList<>();
        for (LocalDate day : days) {
            List<Step> changed = group.stream().flatMap(strand -> strand.steps().stream().filter(step -> step.day().equals(day)).peek(step -> current.put(strand, step))).toList();
            BigDecimal sum = current.values().stream().map(Step::year).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal before = sums.isEmpty() ? BigDecimal.ZERO : sums.getLast().year();
            Step most = current.values().stream().max(Comparator.comparing(Step::year)).orElseThrow();
            MovementKind kind = changed.size() == 1 && before.signum() > 0 && (sum.compareTo(before) > 0 || sum.signum() == 0) ? changed.getFirst().kind() : null;
            sums.add(new Step(day, most.plan(), most.seats(), sum, sum.compareTo(before) > 0 && Objects.equals(kind, MovementKind.CONTRACTION) ? null : kind));
        }
        return sums;
    }
}
