package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageHistories.EventQuery;
import dev.headroom.usage.UsageHistories.RecordedEvent;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class UsageController {

    private static final int LARGEST_PAGE = 100;
    /** How far ahead an event may be. */
    private static final Duration AHEAD = EventCheck.EARLIEST.plusSeconds(1);

    private final Usages usages;
    private final UsageHistories histories;
    private final Catalog catalog;
    private final InstantSource clock;

    UsageController(Usages usages, UsageHistories histories, Catalog catalog, InstantSource clock) {
        this.usages = usages;
        this.histories = histories;
        this.catalog = catalog;
        this.clock = clock;
    }

    record Batch(List<UsageEvent> events) {}

    record Answer(List<UsageOutcome> outcomes, long recorded) {}

    @MutationMapping
    Answer recordUsage(@Argument Batch input, @ContextValue Actor actor) {
        List<UsageOutcome> outcomes = usages.record(actor, input.events());
        return new Answer(outcomes, outcomes.stream().filter(UsageRecorded.class::isInstance).count());
    }

    /** One event more than asked for tells whether another page follows. */
    @SchemaMapping(typeName = "Account")
    EventPage usageEvents(
            Account account, @Argument int first, @Argument @Nullable String after, @Argument @Nullable String feature, @Argument @Nullable Instant from,
            @Argument @Nullable Instant until, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        EventQuery query = new EventQuery(account.id(), feature == null ? null : known(feature).id(), null, period(from, until));
        return EventPage.of(histories.events(actor, query, EventPage.mark(account.id(), after), first + 1), first);
    }

    private Feature known(String key) {
        return catalog.snapshot().feature(key).orElseThrow(() -> HeadroomException.notFound("feature", "No feature has the key \"" + key + "\""));
    }

    private Period period(@Nullable Instant from, @Nullable Instant until) {
        Instant begins = Objects.requireNonNullElse(from, Reset.EVER.from());
        Instant ends = Objects.requireNonNullElseGet(until, () -> clock.instant().plus(AHEAD));
        if (!begins.isBefore(ends)) {
            throw HeadroomException.invalid("from", "Expected an instant before " + ends + ", where the events end");
        }
        return new Period(begins, ends);
    }

    @SchemaMapping(typeName = "RecordedUsageEvent")
    Feature feature(RecordedEvent event) {
        return catalog.snapshot().feature(event.feature());
    }
}
