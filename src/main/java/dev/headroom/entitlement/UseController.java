package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Uses.Use;
import dev.headroom.error.Check;
import dev.headroom.usage.Reservation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class UseController {

    private static final int MOST_NOTICES = 200;

    private final Uses uses;
    private final Notices notices;
    private final Accounts accounts;
    private final Catalog catalog;

    UseController(Uses uses, Notices notices, Accounts accounts, Catalog catalog) {
        this.uses = uses;
        this.notices = notices;
        this.accounts = accounts;
        this.catalog = catalog;
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
    List<Notice> limitNotices(Account account, @Argument int first, @ContextValue Actor actor) {
        return notices.ofAccount(actor, account.id(), Math.toIntExact(Check.between("first", first, 1, MOST_NOTICES)));
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
