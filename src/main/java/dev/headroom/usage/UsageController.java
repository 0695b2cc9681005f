package dev.headroom.usage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageHistories.EventMark;
import dev.headroom.usage.UsageHistories.RecordedEvent;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

@Controller
class UsageController {

    private static final int LARGEST_PAGE = 100;
    /** How far ahead an event may be. */
    private static final Duration AHEAD = EventCheck.EARLIEST.plusSeconds(1);

    private final Usages usages;
    private final UsageHistories histories;
    private final Catalog catalog;
    private final InstantSource clock;

    UsageController(Usages usages, UsageHistories histories, Catalog catalog, InstantSource clock, BatchLoaderRegistry loaders) {
        this.usages = usages;
        this.histories = histories;
        this.catalog = catalog;
        this.clock = clock;
        loaders.<Asked, EventPage>forName("usageEvents").registerMappedBatchLoader((Set<Asked> asked, BatchLoaderEnvironment environment) ->
                Mono.fromSupplier(() -> pages(Objects.requireNonNull(environment.<GraphQLContext>getContext()).get("actor"), asked)));
    }

    /** @param after where the page before ended, whichever account's that was */
    private record Page(@Nullable FeatureId feature, @Nullable Instant from, @Nullable Instant until, @Nullable EventMark after, int first) {}

    /** A page of an account's events. */
    private record Asked(AccountId account, Page page) {}

    record Answer(List<UsageOutcome> outcomes, long recorded) {}

    @MutationMapping
    Answer recordUsage(@ContextValue Actor actor, DataFetchingEnvironment environment) {
        Map<String, List<Map<String, Object>>> input = Objects.requireNonNull(environment.getArgument("input"));
        List<UsageOutcome> outcomes = usages.submit(actor, Objects.requireNonNull(input.get("events")).stream().map(Submitted::of).toList());
        return new Answer(outcomes, outcomes.stream().filter(UsageRecorded.class::isInstance).count());
    }

    @SchemaMapping(typeName = "Account")
    CompletableFuture<EventPage> usageEvents(
            Account account, @Argument int first, @Argument @Nullable String after, @Argument @Nullable String feature, @Argument @Nullable Instant from,
            @Argument @Nullable Instant until, DataLoader<Asked, EventPage> usageEvents) {
        Check.between("first", first, 1, LARGEST_PAGE);
        period(from, until);
        return usageEvents.load(new Asked(account.id(), new Page(feature == null ? null : known(feature).id(), from, until, EventPage.mark(after), first)));
    }

    /** One event more than asked for tells whether another page follows. */
    private Map<Asked, EventPage> pages(Actor actor, Set<Asked> asked) {
        Map<Asked, EventPage> pages = new HashMap<>();
        asked.stream().collect(groupingBy(Asked::page, mapping(Asked::account, toList()))).forEach((page, accounts) -> {
            Map<AccountId, List<RecordedEvent>> found =
                    histories.events(actor, accounts, page.feature(), period(page.from(), page.until()), page.after(), page.first() + 1);
            accounts.forEach(account -> pages.put(new Asked(account, page), EventPage.of(found.getOrDefault(account, List.of()), page.first())));
        });
        return pages;
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
