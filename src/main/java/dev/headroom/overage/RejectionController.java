package dev.headroom.overage;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.error.Check;
import dev.headroom.overage.UsageRejection.RejectedReport;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class RejectionController {

    private static final int MOST = 100;

    private final UsageRejections rejections;
    private final Accounts accounts;
    private final Catalog catalog;

    RejectionController(UsageRejections rejections, Accounts accounts, Catalog catalog) {
        this.rejections = rejections;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    @QueryMapping
    List<UsageRejection> usageRejections(@Argument int first, @ContextValue Actor actor) {
        return rejections.newest(actor, (int) Check.between("first", first, 1, MOST));
    }

    @SchemaMapping(typeName = "RejectedReport")
    Account account(RejectedReport report, @ContextValue Actor actor) {
        return accounts.byId(actor, report.account());
    }

    @SchemaMapping(typeName = "RejectedReport")
    Feature feature(RejectedReport report) {
        return catalog.snapshot().feature(report.feature());
    }
}
