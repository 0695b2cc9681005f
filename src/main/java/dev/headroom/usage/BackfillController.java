package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.error.Check;
import dev.headroom.time.Reset;
import dev.headroom.usage.Backfill.Change;
import dev.headroom.usage.Backfill.Effect;
import dev.headroom.usage.Backfill.State;
import dev.headroom.usage.Backfills.OpenBackfill;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class BackfillController {

    private static final int MOST = 100;

    private final Backfills backfills;
    private final BackfillDecisions decisions;
    private final BackfillRepository repository;
    private final Accounts accounts;
    private final Catalog catalog;

    BackfillController(
            Backfills backfills, BackfillDecisions decisions, BackfillRepository repository, Accounts accounts, Catalog catalog) {
        this.backfills = backfills;
        this.decisions = decisions;
        this.repository = repository;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    record Meant(String backfill) {}

    record Answer(List<UsageOutcome> outcomes, long recorded) {}

    @QueryMapping
    Backfill usageBackfill(@Argument String id, @ContextValue Actor actor) {
        return backfills.byId(actor, id);
    }

    @QueryMapping
    Effect previewUsageBackfill(@Argument String backfill, @ContextValue Actor actor) {
        return decisions.preview(actor, backfill);
    }

    @MutationMapping
    Backfill openUsageBackfill(@Argument OpenBackfill input, @ContextValue Actor actor) {
        return backfills.open(actor, input);
    }

    @MutationMapping
    Answer addToUsageBackfill(@ContextValue Actor actor, DataFetchingEnvironment environment) {
        Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
        List<UsageOutcome> outcomes = backfills.add(actor, (String) Objects.requireNonNull(input.get("backfill")), submitted(input.get("events")));
        return new Answer(outcomes, outcomes.stream().filter(UsageRecorded.class::isInstance).count());
    }

    /** The account is the backfill's. */
    @SuppressWarnings("unchecked")
    private static List<Submitted> submitted(@Nullable Object events) {
        return ((List<Map<String, Object>>) Objects.requireNonNull(events)).stream().map(event -> {
            Map<String, Object> fields = new HashMap<>(event);
            fields.put("account", "");
            return Submitted.of(fields);
        }).toList();
    }

    @MutationMapping
    Backfill applyUsageBackfill(@Argument Meant input, @ContextValue Actor actor) {
        return decisions.apply(actor, input.backfill());
    }

    @MutationMapping
    Backfill reverseUsageBackfill(@Argument Meant input, @ContextValue Actor actor) {
        return decisions.reverse(actor, input.backfill());
    }

    @MutationMapping
    Backfill discardUsageBackfill(@Argument Meant input, @ContextValue Actor actor) {
        return backfills.discard(actor, input.backfill());
    }

    @SchemaMapping(typeName = "Account")
    List<Backfill> usageBackfills(Account account, @Argument int first, @ContextValue Actor actor) {
        return backfills.ofAccount(actor, account.id(), Math.toIntExact(Check.between("first", first, 1, MOST)));
    }

    @SchemaMapping(typeName = "UsageBackfill")
    Account account(Backfill backfill, @ContextValue Actor actor) {
        return accounts.byId(actor, backfill.account());
    }

    @SchemaMapping(typeName = "UsageBackfill")
    List<Feature> meters(Backfill backfill) {
        return backfill.meters().stream().map(catalog.snapshot()::feature).toList();
    }

    @SchemaMapping(typeName = "UsageBackfill")
    Instant from(Backfill backfill) {
        return backfill.range().from();
    }

    @SchemaMapping(typeName = "UsageBackfill")
    Instant until(Backfill backfill) {
        return backfill.range().until();
    }

    @SchemaMapping(typeName = "UsageBackfill")
    boolean replaceExisting(Backfill backfill) {
        return backfill.replaces();
    }

    @SchemaMapping(typeName = "UsageBackfill")
    @Nullable Effect effect(Backfill backfill) {
        return backfill.state() == State.OPEN || backfill.state() == State.DISCARDED ? null
                : new Effect(backfill.events(), backfill.known(), backfill.replaced(), repository.totals(backfill.id()));
    }

    @SchemaMapping(typeName = "UsageTotalChange")
    Feature feature(Change change) {
        return catalog.snapshot().feature(change.feature());
    }

    @SchemaMapping(typeName = "UsageTotalChange")
    @Nullable Instant from(Change change) {
        return endless(change) ? null : change.window().from();
    }

    @SchemaMapping(typeName = "UsageTotalChange")
    @Nullable Instant until(Change change) {
        return endless(change) ? null : change.window().until();
    }

    private static boolean endless(Change change) {
        return change.window().from().equals(Reset.EVER.from());
    }
}
