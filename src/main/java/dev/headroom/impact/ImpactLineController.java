package dev.headroom.impact;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.error.Check;
import dev.headroom.impact.ImpactLine.PassedLimit;
import dev.headroom.impact.LinePages.Kind;
import dev.headroom.impact.LinePages.LinePage;
import dev.headroom.impact.LinePages.Mark;
import dev.headroom.money.Currencies;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ImpactLineController {

    private static final int LARGEST_PAGE = 100;

    private final LinePages pages;
    private final Impacts impacts;
    private final Accounts accounts;
    private final Catalog catalog;

    ImpactLineController(LinePages pages, Impacts impacts, Accounts accounts, Catalog catalog) {
        this.pages = pages;
        this.impacts = impacts;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    record Lines(List<Edge> edges, Info pageInfo) {

        static Lines of(LinePage page) {
            return new Lines(page.lines().stream().map(line -> new Edge(line, Mark.of(line).text())).toList(), new Info(page.hasNext(), page.end()));
        }
    }

    record Edge(ImpactLine node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    @SchemaMapping(typeName = "Impact")
    Lines lines(
            ImpactRun run, @Argument @Nullable Kind kind, @Argument @Nullable String currency, @Argument int first, @Argument @Nullable String after,
            @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return Lines.of(pages.page(actor, run.id(), kind, currency == null ? null : Currencies.parse(currency), after, first));
    }

    @BatchMapping(typeName = "ImpactLine")
    Map<ImpactLine, Account> account(List<ImpactLine> of, @ContextValue Actor actor) {
        Map<AccountId, Account> found = accounts.byIds(actor, of.stream().map(ImpactLine::account).distinct().toList());
        return of.stream().collect(Collectors.toMap(Function.identity(), line -> Objects.requireNonNull(found.get(line.account()))));
    }

    @SchemaMapping(typeName = "ImpactLine")
    String subscription(ImpactLine line) {
        return line.subscription().toString();
    }

    @SchemaMapping(typeName = "ImpactLine")
    int version(ImpactLine line) {
        return catalog.snapshot().version(line.has()).number();
    }

    @SchemaMapping(typeName = "ImpactLine")
    ImpactQuote quote(ImpactLine line, @ContextValue Actor actor) {
        return ImpactQuote.of(pages.quote(actor, line), catalog.snapshot().with(impacts.byId(actor, line.run()).next()));
    }

    @SchemaMapping(typeName = "ImpactLimit")
    Feature feature(PassedLimit limit) {
        return catalog.snapshot().feature(limit.feature());
    }
}
