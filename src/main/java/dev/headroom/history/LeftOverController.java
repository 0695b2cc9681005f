package dev.headroom.history;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Product;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.revenue.RevenueHistories.LeftOver;
import dev.headroom.revenue.RevenueHistories.LeftOverPlace;
import dev.headroom.revenue.RevenueHistories;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class LeftOverController {

    private static final int LARGEST_PAGE = 100;

    private final RevenueHistories pasts;
    private final Accounts accounts;
    private final Catalog catalog;

    LeftOverController(RevenueHistories pasts, Accounts accounts, Catalog catalog) {
        this.pasts = pasts;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    /** What was brought and nothing takes over is to end. */
    record EndHistory(String account, String subscription, String day) {}

    record RevenueHistoryEnded(String account, String subscription, boolean before) {}

    @QueryMapping
    List<LeftOver> revenueHistoryLeftOvers(@Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return pasts.leftOver(actor, after == null ? null : last(after), first);
    }

    /** A cursor is the account's id and the name. */
    private static LeftOverPlace last(String cursor) {
        String[] parts = cursor.split(":", 2);
        UUID account = Ids.parse(parts[0]).filter(_ -> parts.length == 2).orElseThrow(() -> HeadroomException.invalid("after", "Expected the cursor of what is left over"));
        return new LeftOverPlace(new AccountId(account), parts[1]);
    }

    @MutationMapping
    RevenueHistoryEnded endRevenueHistory(@Argument EndHistory input, @ContextValue Actor actor) {
        Account account = accounts.commanded(actor, Permission.REVENUE, "input.account", input.account());
        return new RevenueHistoryEnded(account.key(), input.subscription(), !pasts.end(actor, account.id(), input.subscription(), day(input.day())));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            throw HeadroomException.invalid("input.day", "Expected a day such as 2026-03-01");
        }
    }

    @BatchMapping(typeName = "RevenueHistoryLeftOver")
    Map<LeftOver, Account> account(List<LeftOver> of, @ContextValue Actor actor) {
        Map<AccountId, Account> found = accounts.byIds(actor, of.stream().map(LeftOver::account).toList());
        return of.stream().collect(Collectors.toMap(each -> each, each -> found.get(each.account())));
    }

    @SchemaMapping(typeName = "RevenueHistoryLeftOver")
    Product product(LeftOver of) {
        return catalog.snapshot().product(of.product());
    }

    @SchemaMapping(typeName = "RevenueHistoryLeftOver")
    String since(LeftOver of) {
        return of.since().toString();
    }

    @SchemaMapping(typeName = "RevenueHistoryLeftOver")
    String cursor(LeftOver of) {
        return of.account() + ":" + of.subscription();
    }
}
