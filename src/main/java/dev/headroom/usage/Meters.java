package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.AcceptedEvent.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an event counts towards: which features, in which windows, how much.
 *
 * @param closing how long after its end a billing period still takes late events; what comes later counts in the one that runs
 */
record Meters(
        CatalogSnapshot catalog, Map<AccountId, List<AccountSubscription>> subscriptions, Instant now, Duration closing, JsonMapper json) {

    /**
     * The billing period that an event of that time counts in: the one that held it, unless that is closed, also of a subscription that has ended
     * since, whose last period is closed as long after the end. What happened before the subscription began, or before a change of interval began
     * the periods anew, counts in the one that runs, for nobody would ever see another; without a subscription those are calendar months.
     */
    Period period(Account account, Feature meter, Instant at) {
        List<AccountSubscription> own = own(account, meter);
        Optional<AccountSubscription> live = own.stream().filter(AccountSubscription::live).findFirst();
        Optional<AccountSubscription> ended = own.stream().filter(subscription -> ended(subscription, at)).findFirst();
        return live.flatMap(subscription -> open(subscription.periodThatHeld(at)))
                .or(() -> ended.filter(subscription -> endedAfter(subscription, now.minus(closing))).map(
                        subscription -> open(subscription.periodThatHeld(at)).orElseGet(subscription::period)))
                .or(() -> live.map(subscription -> subscription.periodHolding(now)))
                .or(() -> ended.isPresent() ? Optional.empty() : open(Optional.of(Reset.calendarMonth(at, account.zone()))))
                .orElseGet(() -> Reset.calendarMonth(now, account.zone()));
    }

    /** Whether an event of that time lies before every billing period that ever was, or will be. */
    boolean isBeforeTheFirst(Account account, Feature meter, Instant at) {
        List<AccountSubscription> own = own(account, meter);
        return !own.isEmpty() && own.stream().noneMatch(subscription ->
                (subscription.live() || ended(subscription, at)) && subscription.periodThatHeld(at).isPresent());
    }

    private Optional<Period> open(Optional<Period> own) {
        return own.filter(period -> period.until().plus(closing).isAfter(now));
    }

    private List<AccountSubscription> own(Account account, Feature meter) {
        return subscriptions.getOrDefault(account.id(), List.of()).stream()
                .filter(subscription -> subscription.product().equals(meter.product()))
                .toList();
    }

    /** Whether it has ended, and was there at that time. */
    private static boolean ended(AccountSubscription subscription, Instant at) {
        return !at.isBefore(subscription.startedAt()) && endedAfter(subscription, at);
    }

    private static boolean endedAfter(AccountSubscription subscription, Instant at) {
        return subscription.endedAt() != null && subscription.endedAt().isAfter(at);
    }

    List<Share> shares(UsageEvent event, Account account, Feature meter, Instant at, Period period) {
        return catalog.countingEventsOf(meter).stream().flatMap(feature -> share(event, account, feature, at, period).stream()).toList();
    }

    private Optional<Share> share(UsageEvent event, Account account, Feature feature, Instant at, Period period) {
        MeterRule rule = Objects.requireNonNull(feature.meter());
        Map<String, Object> properties = PropertyValues.stored(event.properties());
        if (!rule.admits(properties) || problem(rule, properties).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Share(
                feature, feature.reset().window(at, account.zone(), period), amount(rule, event, properties),
                rule.aggregation() == Aggregation.UNIQUE ? String.valueOf(properties.get(rule.property())) : "", group(rule, properties)));
    }

    /** Which property a rule cannot count; empty when it can. */
    static Optional<String> problem(MeterRule rule, Map<String, Object> properties) {
        return Stream.ofNullable(rule.property())
                .filter(name -> rule.aggregation() == Aggregation.UNIQUE ? properties.get(name) == null : number(properties.get(name)).isEmpty())
                .findFirst();
    }

    /** The properties whose values are told apart or grouped by. */
    static Stream<String> keys(MeterRule rule) {
        return Stream.concat(rule.groupBy().stream(), Stream.ofNullable(rule.property()).filter(_ -> rule.aggregation() == Aggregation.UNIQUE));
    }

    private static long amount(MeterRule rule, UsageEvent event, Map<String, Object> properties) {
        return switch (rule.aggregation()) {
            case COUNT, UNIQUE -> 1;
            case SUM, MAX, LATEST -> rule.property() == null
                    ? Objects.requireNonNullElse(event.quantity(), 1L)
                    : number(properties.get(rule.property())).orElseThrow();
        };
    }

    private static Optional<Long> number(@org.jspecify.annotations.Nullable Object value) {
        boolean whole = value instanceof Long || value instanceof Integer;
        return whole ? Optional.of(((Number) value).longValue()).filter(number -> number >= 0 && number <= EventCheck.MOST) : Optional.empty();
    }

    private String group(MeterRule rule, Map<String, Object> properties) {
        if (rule.groupBy().isEmpty()) {
            return "";
        }
        Map<String, String> values = new LinkedHashMap<>();
        rule.groupBy().forEach(name -> values.put(name, Objects.toString(properties.get(name), null)));
        return json.writeValueAsString(values);
    }
}
