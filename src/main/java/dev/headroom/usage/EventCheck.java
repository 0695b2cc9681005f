package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.error.Check;
import dev.headroom.time.Period;
import dev.headroom.usage.UsageOutcome.UsageRejected;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks at events one by one, against everything that a batch needs to know, loaded once.
 *
 * @param times what is wrong with a time; empty when it is right
 */
record EventCheck(
        Map<String, Account> accounts, Meters meters, Instant now, Function<Instant, Optional<String>> times, ToLongFunction<UsageEvent> hash) {

    static final Duration LATEST = Duration.ofDays(35);
    static final Duration EARLIEST = Duration.ofMinutes(5);
    static final long MOST = 1_000_000_000_000L;
    private static final int LONGEST_ID = 200;
    /** Of what is told apart or grouped by. */
    private static final int LONGEST_VALUE = 200;

    /** Either what is wrong, or the event with its window; never both, never neither. */
    record Checked(@Nullable UsageRejected rejected, @Nullable AcceptedEvent accepted) {}

    Checked check(UsageEvent event) {
        Optional<UsageRejected> wrong = idProblem(event)
                .or(() -> accountProblem(event))
                .or(() -> propertiesProblem(event))
                .or(() -> meterProblem(event))
                .or(() -> quantityProblem(event))
                .or(() -> timeProblem(event));
        return wrong.map(rejected -> new Checked(rejected, null)).orElseGet(() -> new Checked(null, accept(event)));
    }

    private static Optional<UsageRejected> idProblem(UsageEvent event) {
        return event.id().isBlank() || event.id().length() > LONGEST_ID || !Check.storable(event.id())
                ? rejected(event, "id", "An event id has 1 to " + LONGEST_ID + " characters, none of them NUL")
                : Optional.empty();
    }

    private Optional<UsageRejected> accountProblem(UsageEvent event) {
        return accounts.containsKey(event.account())
                ? Optional.empty()
                : rejected(event, "account", "No account has the key \"" + event.account() + "\"");
    }

    private Optional<UsageRejected> meterProblem(UsageEvent event) {
        Optional<Feature> feature = meters.catalog().feature(event.meter());
        if (feature.isEmpty()) {
            return rejected(event, "meter", "No feature has the key \"" + event.meter() + "\"");
        }
        MeterRule rule = feature.get().meter();
        if (rule == null || rule.source() != null) {
            return rejected(event, "meter", "\"" + event.meter() + "\" is not counted by events of its own"
                    + (rule == null ? "" : "; it counts those of \"" + rule.source() + "\""));
        }
        Map<String, Object> properties = PropertyValues.stored(event.properties());
        return Meters.problem(rule, properties)
                .flatMap(name -> rejected(event, "properties." + name, rule.aggregation() == Aggregation.UNIQUE
                        ? "This meter tells the values of \"" + name + "\" apart; the event has none"
                        : "This meter counts \"" + name + "\", a whole number from 0 to " + MOST))
                .or(() -> valueProblem(event, feature.get(), properties));
    }

    /** What is told apart or grouped by is a key of a total. */
    private Optional<UsageRejected> valueProblem(UsageEvent event, Feature meter, Map<String, Object> properties) {
        return properties.isEmpty() ? Optional.empty() : meters.catalog().countingEventsOf(meter).stream()
                .flatMap(feature -> Meters.keys(Objects.requireNonNull(feature.meter())))
                .filter(name -> String.valueOf(properties.get(name)).length() > LONGEST_VALUE)
                .findFirst()
                .flatMap(name -> rejected(event, "properties." + name, "A value that is told apart or grouped by has at most " + LONGEST_VALUE + " characters"));
    }

    private static Optional<UsageRejected> quantityProblem(UsageEvent event) {
        long quantity = quantity(event);
        return quantity < 0 || quantity > MOST ? rejected(event, "quantity", "Expected 0 to " + MOST + ", not " + quantity) : Optional.empty();
    }

    private Optional<UsageRejected> timeProblem(UsageEvent event) {
        return times.apply(at(event)).flatMap(problem -> rejected(event, "at", problem));
    }

    /** What is recorded as it happens comes late or early by so much at most. */
    static Optional<String> recent(Instant at, Instant now) {
        if (at.isBefore(now.minus(LATEST))) {
            return Optional.of("An event may be at most " + LATEST.toDays() + " days old");
        }
        return at.isAfter(now.plus(EARLIEST))
                ? Optional.of("An event may be at most " + EARLIEST.toMinutes() + " minutes in the future")
                : Optional.empty();
    }

    private static Optional<UsageRejected> propertiesProblem(UsageEvent event) {
        return Check.storable(event.properties()) ? Optional.empty() : rejected(event, "properties", "No text may hold the character NUL");
    }

    private static Optional<UsageRejected> rejected(UsageEvent event, String field, String reason) {
        return Optional.of(new UsageRejected(event.id(), field, reason));
    }

    private AcceptedEvent accept(UsageEvent event) {
        Account account = accounts.get(event.account());
        Feature meter = meters.catalog().feature(event.meter()).orElseThrow();
        Instant at = at(event);
        Period period = meters.period(account, meter, at);
        return new AcceptedEvent(
                event.id(), account, meter, quantity(event), at, event.properties(), period, hash.applyAsLong(event),
                meters.shares(event, account, meter, at, period));
    }

    private static long quantity(UsageEvent event) {
        return Optional.ofNullable(event.quantity()).orElse(1L);
    }

    /** As exact as it is stored, so that two events compare the same before and after. */
    private Instant at(UsageEvent event) {
        return Optional.ofNullable(event.at()).orElse(now).truncatedTo(ChronoUnit.MICROS);
    }
}
