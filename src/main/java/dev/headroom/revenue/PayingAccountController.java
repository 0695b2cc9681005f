package dev.headroom.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.download.Downloads;
import dev.headroom.error.Check;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.PayingAccounts.Filter;
import dev.headroom.revenue.PayingAccounts.Mark;
import dev.headroom.revenue.PayingAccounts.PayingAccount;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The accounts behind a figure, as a page and as a file that is written while it is downloaded. */
@Controller
class PayingAccountController {

    private static final int LARGEST_PAGE = 100;
    private static final String PATH = "/v1/revenue/accounts.csv";

    private final PayingAccounts paying;
    private final Accounts accounts;

    PayingAccountController(PayingAccounts paying, Accounts accounts) {
        this.paying = paying;
        this.accounts = accounts;
    }

    /** A filter as it comes from outside. */
    record Wanted(@Nullable String currency, @Nullable String month, @Nullable String cohort, @Nullable String paying, boolean severalProducts) {

        Filter filter() {
            return new Filter(
                    Currencies.parse(Check.present("filter.currency", currency)), RevenueController.month("filter.month", Check.present("filter.month", month)),
                    cohort == null ? null : RevenueController.month("filter.cohort", cohort), paying == null ? null : RevenueController.month("filter.paying", paying), severalProducts);
        }
    }

    record Page(List<Edge> edges, Info pageInfo, String csv) {}

    record Edge(PayingAccount node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    @QueryMapping
    Page revenueAccounts(@Argument Wanted filter, @Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        Filter wanted = filter.filter();
        List<PayingAccount> found = paying.page(actor, wanted, after == null ? null : Mark.parse(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(each -> new Edge(each, Mark.of(each).text())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()), path(wanted));
    }

    private static String path(Filter filter) {
        return UriComponentsBuilder.fromPath(PATH)
                .queryParam("currency", filter.currency())
                .queryParam("month", filter.month())
                .queryParamIfPresent("cohort", Optional.ofNullable(filter.cohort()))
                .queryParamIfPresent("paying", Optional.ofNullable(filter.paying()))
                .queryParamIfPresent("severalProducts", filter.several() ? Optional.of(true) : Optional.empty())
                .encode().build().toUriString();
    }

    @GetMapping(PATH)
    void download(@RequestParam Map<String, String> asked, @AuthenticationPrincipal Actor actor, HttpServletResponse response) {
        Filter filter = new Wanted(
                asked.get("currency"), asked.get("month"), asked.get("cohort"), asked.get("paying"), Boolean.parseBoolean(asked.get("severalProducts"))).filter();
        paying.write(actor, filter, Downloads.csv(response, "revenue-accounts.csv"));
    }

    @BatchMapping(typeName = "RevenueAccount")
    Map<PayingAccount, Account> account(List<PayingAccount> of, @ContextValue Actor actor) {
        Map<AccountId, Account> found = accounts.byIds(actor, of.stream().map(PayingAccount::account).distinct().toList());
        return of.stream().collect(Collectors.toMap(Function.identity(), each -> Objects.requireNonNull(found.get(each.account()))));
    }

    @SchemaMapping(typeName = "RevenueAccount")
    String cohort(PayingAccount of) {
        return of.cohort().toString();
    }

    @SchemaMapping(typeName = "RevenueAccount")
    String since(PayingAccount of) {
        return of.since().toString();
    }
}
