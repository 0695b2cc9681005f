package dev.headroom.reach;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.bundle.CreateBundle;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Offer.CreateOfferInput;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.error.Check;
import dev.headroom.reach.Reach.Total;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ReachController {

    private static final int MOST_SHOWN = 1_000;

    private final Reaches reaches;
    private final ReachLines lines;
    private final Accounts accounts;
    private final Catalog catalog;

    ReachController(Reaches reaches, ReachLines lines, Accounts accounts, Catalog catalog) {
        this.reaches = reaches;
        this.lines = lines;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    @QueryMapping
    Reach bundleReach(@Argument CreateBundle input, @ContextValue Actor actor) {
        return reaches.ofBundle(actor, input);
    }

    @QueryMapping
    Reach bundleEndReach(@Argument String bundle, @ContextValue Actor actor) {
        return reaches.ofBundleEnd(actor, bundle);
    }

    @QueryMapping
    Reach offerReach(@Argument CreateOfferInput input, @ContextValue Actor actor) {
        return reaches.ofOffer(actor, input.command());
    }

    @QueryMapping
    Reach offerEndReach(@Argument String offer, @ContextValue Actor actor) {
        return reaches.ofOfferEnd(actor, offer);
    }

    @SchemaMapping(typeName = "Reach")
    List<ReachLine> lines(Reach reach, @Argument int first) {
        return reach.largest((int) Check.between("first", first, 1, MOST_SHOWN));
    }

    @SchemaMapping(typeName = "Reach")
    String csv(Reach reach, @ContextValue Actor actor) {
        StringBuilder file = new StringBuilder();
        lines.write(actor, reach, file::append);
        return file.toString();
    }

    @SchemaMapping(typeName = "ReachTotal")
    String currency(Total total) {
        return total.currency().getCurrencyCode();
    }

    @BatchMapping(typeName = "ReachLine")
    Map<ReachLine, Account> account(List<ReachLine> of, @ContextValue Actor actor) {
        Map<AccountId, Account> owners = accounts.byIds(actor, of.stream().map(ReachLine::account).distinct().toList());
        return of.stream().distinct().collect(Collectors.toMap(line -> line, line -> owners.get(line.account())));
    }

    @SchemaMapping(typeName = "ReachLine")
    Product product(ReachLine line) {
        return catalog.snapshot().product(line.product());
    }

    @SchemaMapping(typeName = "ReachLine")
    @Nullable String subscription(ReachLine line) {
        return line.subscription() == null ? null : line.subscription().toString();
    }

    @SchemaMapping(typeName = "ReachLine")
    @Nullable PlanVersion has(ReachLine line) {
        return line.has() == null ? null : catalog.snapshot().version(line.has());
    }
}
