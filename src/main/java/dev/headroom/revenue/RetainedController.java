package dev.headroom.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.download.Downloads;
import dev.headroom.error.Check;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.PayingAccounts.Mark;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.Retained;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** The accounts behind retention that is told account by account, as a page and as a file. */
@Controller
class RetainedController {

    private static final int LARGEST_PAGE = 100;
    private static final String PATH = "/v1/revenue/retained.csv";

    private final PayingAccounts paying;
    private final Accounts accounts;

    RetainedController(PayingAccounts paying, Accounts accounts) {
        this.paying = paying;
        this.accounts = accounts;
    }

    /** A range as it comes from outside. */
    record WantedRange(@Nullable String currency, @Nullable String from, @Nullable String until) {

        Range range() {
            return new Range(
                    Currencies.parse(Check.present("filter.currency", currency)), RevenueController.month("filter.from", Check.present("filter.from", from)),
                    RevenueController.month("filter.until", Check.present("filter.until", until)));
        }
    }

    record Page(Range range, List<Edge> edges, Info pageInfo, String csv) {}

    record Edge(Retained node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    @QueryMapping
    Page revenueRetained(@Argument WantedRange filter, @Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        Range range = filter.range();
        List<Retained> found = paying.retained(actor, range, after == null ? null : Mark.parse(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(each -> new Edge(each, each.mark().text())).toList();
        return new Page(range, edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()), path(range));
    }

    /** Of everybody, and only for whoever asks: it costs as much as a page. */
    @SchemaMapping(typeName = "RetainedAccountConnection")
    RetainedSum sum(Page of, @ContextValue Actor actor) {
        return paying.retainedSum(actor, of.range);
    }

    private static String path(Range range) {
        return UriComponentsBuilder.fromPath(PATH).queryParam("currency", range.currency()).queryParam("from", range.from()).queryParam("until", range.until()).toUriString();
    }

    @GetMapping(PATH)
    void download(@RequestParam Map<String, String> asked, @AuthenticationPrincipal Actor actor, HttpServletResponse response) {
        Range range = new WantedRange(asked.get("currency"), asked.get("from"), asked.get("until")).range();
        paying.writeRetained(actor, range, Downloads.csv(response, "revenue-retained.csv"));
    }

    @BatchMapping(typeName = "RetainedAccount")
    Map<Retained, Account> account(List<Retained> of, @ContextValue Actor actor) {
        Map<AccountId, Account> found = accounts.byIds(actor, of.stream().map(Retained::account).distinct().toList());
        return of.stream().collect(Collectors.toMap(Function.identity(), each -> Objects.requireNonNull(found.get(each.account()))));
    }
}
