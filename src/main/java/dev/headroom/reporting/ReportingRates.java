package dev.headroom.reporting;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.SettingsVersions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the vendor says that currencies are in another one, month by month; for whoever may see REVENUE. Entries are added and never changed. */
@Service
public class ReportingRates {

    private static final String SET = "setReportingRates";
    private static final int MOST_AT_ONCE = 500;
    private static final int LARGEST_PAGE = 500;
    private static final int MOST_DECIMALS = 12;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

    private final RateRepository entries;
    private final Revenues revenues;
    private final SettingsVersions settings;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    ReportingRates(RateRepository entries, Revenues revenues, SettingsVersions settings, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.entries = entries;
        this.revenues = revenues;
        this.settings = settings;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** What one of a currency is, from a month on. */
    public record NewRate(Currency currency, YearMonth month, BigDecimal rate) {}

    /**
     * Adds entries.
     *
     * @param in         the currency that revenue is told in
     * @param rates      1 to 500; of a currency and month one
     * @param correction why; needed where another rate shall stand in a month that is closed
     */
    public record SetRates(Currency in, List<NewRate> rates, @Nullable String correction, String idempotencyKey) {
        public SetRates {
            rates = List.copyOf(rates);
        }
    }

    /** What came of {@link SetRates}. */
    public sealed interface SetReportingRatesResult {}

    /** @param rates those that were added; what stood already is none of them */
    public record ReportingRatesSet(List<ReportingRate> rates) implements SetReportingRatesResult {}

    /**
     * Nothing was added: months are closed, and no correction says why another rate shall stand in them.
     *
     * @param fixed what stands in them
     */
    public record ReportingRatesFixed(List<ReportingRate> fixed) implements SetReportingRatesResult {}

    /** What stands in a month. */
    public sealed interface Standing {}

    public record Complete(RateSet set) implements Standing {}

    /** @param currencies that revenue was booked in, and that nothing was said of for the month or one before it */
    public record ReportingRatesMissing(Currency in, YearMonth month, List<Currency> currencies) implements Standing {}

    /** Newest entry first. */
    public List<ReportingRate> entries(Actor actor, Currency in, int first, @Nullable Long before) {
        actor.requireEveryAccount(Permission.REVENUE);
        return entries.page(in, (int) Check.between("first", first, 1, LARGEST_PAGE), before);
    }

    /** The rates of a month, of every currency that revenue was ever booked in. */
    public Standing standing(Actor actor, Currency in, YearMonth month) {
        List<Currency> others = revenues.currencies(actor).stream().filter(each -> !each.equals(in)).toList();
        List<ReportingRate> found = entries.standing(in, month).stream().filter(each -> others.contains(each.currency())).toList();
        List<Currency> missing = others.stream().filter(each -> found.stream().noneMatch(rate -> rate.currency().equals(each))).toList();
        return missing.isEmpty()
                ? new Complete(new RateSet(in, month, settings.current(actor).closed(month, clock.instant()), found))
                : new ReportingRatesMissing(in, month, missing);
    }

    /** @throws HeadroomException INVALID_INPUT, naming the field */
    @Transactional
    public SetReportingRatesResult set(Actor actor, SetRates command) {
        RevenueSettings told = settings.current(actor);
        String correction = command.correction() == null ? null : Check.text("input.correction", command.correction());
        check(command);
        UUID batch = Ids.next();
        if (keys.claim(actor, SET, command.idempotencyKey(), command, batch) instanceof Claim.Repeat(UUID made)) {
            return new ReportingRatesSet(entries.batch(made));
        }
        entries.lock();
        Instant now = clock.instant();
        List<Change> changes = command.rates().stream().map(each -> new Change(each, entries.standing(command.in(), each.currency(), each.month()))).filter(Change::says).toList();
        List<ReportingRate> fixed = changes.stream().filter(each -> each.corrects(told, now)).flatMap(each -> each.before.stream()).toList();
        if (!fixed.isEmpty() && correction == null) {
            keys.release(actor, SET, command.idempotencyKey());
            return new ReportingRatesFixed(fixed);
        }
        changes.forEach(each -> entries.insert(batch, command.in(), each.rate, each.corrects(told, now) ? correction : null, actor.name(), now));
        List<ReportingRate> added = entries.batch(batch);
        if (!added.isEmpty()) {
            audit.changed(actor, SET, null, "reportingRates", command.in().getCurrencyCode(), changes.stream().flatMap(each -> each.before.stream()).toList(), added, correction);
        }
        return new ReportingRatesSet(added);
    }

    /** @param before what stood in the month until now */
    private record Change(NewRate rate, Optional<ReportingRate> before) {

        /** What was given for the month already is not given again. */
        boolean says() {
            return before.filter(each -> each.month().equals(rate.month) && same(each)).isEmpty();
        }

        private boolean same(ReportingRate other) {
            return other.rate().compareTo(rate.rate) == 0;
        }

        /** Where nothing stood, nobody was told anything by it. */
        boolean corrects(RevenueSettings told, Instant now) {
            return told.closed(rate.month, now) && before.filter(each -> !same(each)).isPresent();
        }
    }

    private static void check(SetRates command) {
        Check.between("input.rates", command.rates().size(), 1, MOST_AT_ONCE);
        Set<List<Object>> named = new HashSet<>();
        IntStream.range(0, command.rates().size()).forEach(at -> {
            NewRate rate = command.rates().get(at);
            String field = "input.rates." + at;
            if (rate.currency().equals(command.in())) {
                throw HeadroomException.invalid(field + ".currency", "Expected another currency than " + command.in() + ", of which one is one");
            }
            if (!named.add(List.of(rate.currency(), rate.month()))) {
                throw HeadroomException.invalid(field, rate.currency() + " in " + rate.month() + " is there twice");
            }
            BigDecimal exact = rate.rate().stripTrailingZeros();
            if (exact.signum() <= 0 || exact.compareTo(HIGHEST) > 0 || exact.scale() > MOST_DECIMALS) {
                throw HeadroomException.invalid(field + ".rate", "Expected more than 0 and at most " + HIGHEST.toPlainString() + ", with up to " + MOST_DECIMALS + " decimals");
            }
        });
    }
}
