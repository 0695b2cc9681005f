package dev.headroom.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.MovementPages.Mark;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Slice;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class MovementController {

    private static final int LARGEST_PAGE = 100;

    private final MovementPages pages;
    private final Accounts accounts;
    private final Catalog catalog;

    MovementController(MovementPages pages, Accounts accounts, Catalog catalog) {
        this.pages = pages;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    /** A filter as it comes from outside. */
    record Wanted(
            @Nullable String currency, @Nullable String from, @Nullable String until, @Nullable List<MovementKind> kinds, @Nullable String accountId,
            @Nullable String cohort, @Nullable String paying, @Nullable String returned, @Nullable WantedSegment segment,
            boolean first) {

        static final Wanted EVERYTHING = new Wanted(null, null, null, null, null, null, null, null, null, false);

        MovementFilter filter() {
            return new MovementFilter(
                    currency == null ? null : Currencies.parse(currency), month("from", from), month("until", until),
                    kinds == null || kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds), id(accountId), month("cohort", cohort), month("paying", paying),
                    month("returned", returned), segment == null ? null : segment.slice(), first);
        }

        private static @Nullable YearMonth month(String field, @Nullable String text) {
            return text == null ? null : RevenueController.month("filter." + field, text);
        }

        private static @Nullable UUID id(@Nullable String text) {
            return text == null ? null : Ids.parse(text).orElseThrow(() -> HeadroomException.invalid("filter.accountId", "Expected an id"));
        }
    }

    /** A piece as it comes from outside. */
    record WantedSegment(Dimension by, String key, String from) {

        Slice slice() {
            return new Slice(by, key, RevenueController.month("filter.segment.from", from));
        }
    }

    record Page(List<Edge> edges, Info pageInfo, String csv) {}

    record Edge(RevenueMovement node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    @QueryMapping
    Page revenueMovements(@Argument @Nullable Wanted filter, @Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        MovementFilter wanted = Optional.ofNullable(filter).orElse(Wanted.EVERYTHING).filter();
        List<RevenueMovement> found = pages.page(actor, wanted, after == null ? null : Mark.parse(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(movement -> new Edge(movement, Mark.of(movement).text())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()), MovementDownloadController.path(wanted));
    }

    @BatchMapping(typeName = "RevenueMovement")
    Map<RevenueMovement, Account> account(List<RevenueMovement> of, @ContextValue Actor actor) {
        Map<AccountId, Account> found = accounts.byIds(actor, of.stream().map(RevenueMovement::account).distinct().toList());
        return of.stream().collect(Collectors.toMap(Function.identity(), each -> Objects.requireNonNull(found.get(each.account()))));
    }

    @SchemaMapping(typeName = "RevenueMovement")
    String subscription(RevenueMovement of) {
        return of.subscription().toString();
    }

    @SchemaMapping(typeName = "RevenueMovement")
    Product product(RevenueMovement of) {
        return catalog.snapshot().product(of.product());
    }

    @SchemaMapping(typeName = "RevenueMovement")
    @Nullable PlanVersion planBefore(RevenueMovement of) {
        return of.planBefore() == null ? null : catalog.snapshot().version(of.planBefore());
    }

    @SchemaMapping(typeName = "RevenueMovement")
    PlanVersion planAfter(RevenueMovement of) {
        return catalog.snapshot().version(of.planAfter());
    }

    @SchemaMapping(typeName = "RevenueMovement")
    String month(RevenueMovement of) {
        return of.month().toString();
    }

    @SchemaMapping(typeName = "RevenueMovement")
    String cohort(RevenueMovement of) {
        return of.cohort().toString();
    }

    @SchemaMapping(typeName = "RevenueMovement")
    String since(RevenueMovement of) {
        return of.since().toString();
    }
}
