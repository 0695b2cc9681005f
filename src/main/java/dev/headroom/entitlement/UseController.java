package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Uses.Use;
import dev.headroom.error.Check;
import dev.headroom.usage.Reservation;
import graphql.GraphQLContext;
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
class UseController {

    private static final int MOST_NOTICES = 200;

    private final Uses uses;
    private final Notices notices;
    private final Accounts accounts;
    private final Catalog catalog;

    UseController(Uses uses, Notices notices, Accounts accounts, Catalog catalog, BatchLoaderRegistry loaders) {
        this.uses = uses;
        this.notices = notices;
        this.accounts = accounts;
        this.catalog = catalog;
        loaders.<Newest, List<Notice>>forName("limitNotices").registerMappedBatchLoader((Set<Newest> asked, BatchLoaderEnvironment environment) ->
                Mono.fromSupplier(() -> {
                    Actor actor = Objects.requireNonNull(environment.<GraphQLContext>getContext()).get("actor");
                    return Newest.read(asked, (of, most) -> notices.newest(actor, of, most));
                }));
    }

    record Hold(
            String idempotencyKey, String account, String feature, @Nullable Long quantity, @Nullable Map<String, Object> properties,
            @Nullable Long expiresInSeconds) {}

    record Commit(String reservation, @Nullable Long quantity) {}

    record Release(String reservation) {}

    @MutationMapping
    UseResult consume(@Argument Use input, @ContextValue Actor actor) {
        return uses.consume(actor, input);
    }

    @MutationMapping
    UseResult reserve(@Argument Hold input, @ContextValue Actor actor) {
        Use use = new Use(input.idempotencyKey(), input.account(), input.feature(), input.quantity(), input.properties());
        return uses.reserve(actor, use, input.expiresInSeconds());
    }

    @MutationMapping
    UseResult commitReservation(@Argument Commit input, @ContextValue Actor actor) {
        return uses.commit(actor, input.reservation(), input.quantity());
    }

    @MutationMapping
    UseResult releaseReservation(@Argument Release input, @ContextValue Actor actor) {
        return uses.release(actor, input.reservation());
    }

    @SchemaMapping(typeName = "Account")
    CompletableFuture<List<Notice>> limitNotices(Account account, @Argument int first, DataLoader<Newest, List<Notice>> limitNotices) {
        return limitNotices.load(new Newest(account.id(), Math.toIntExact(Check.between("first", first, 1, MOST_NOTICES))));
    }

    @SchemaMapping(typeName = "LimitNotice")
    Feature feature(Notice notice) {
        return catalog.snapshot().feature(notice.feature());
    }

    @SchemaMapping(typeName = "Reservation", field = "feature")
    Feature reserved(Reservation reservation) {
        return catalog.snapshot().feature(reservation.feature());
    }

    @SchemaMapping(typeName = "Reservation")
    Account account(Reservation reservation, @ContextValue Actor actor) {
        return accounts.byId(actor, reservation.account());
    }
}
