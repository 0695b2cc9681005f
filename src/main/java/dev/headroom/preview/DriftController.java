package dev.headroom.preview;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.preview.Drift.Cause;
import dev.headroom.preview.Drift.Compared;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class DriftController {

    private static final int LARGEST_PAGE = 100;

    private final Drifts drifts;
    private final Accounts accounts;

    DriftController(Drifts drifts, Accounts accounts) {
        this.drifts = drifts;
        this.accounts = accounts;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(Drift node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    /** One row more than asked for tells whether another page follows. */
    @QueryMapping
    Page drifts(@Argument int first, @Argument @Nullable String after, @Argument boolean resolved, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<Drift> found = drifts.page(actor, resolved, cursor(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(drift -> new Edge(drift, drift.id().toString())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static @Nullable UUID cursor(@Nullable String after) {
        return after == null ? null : Ids.parse(after).orElseThrow(() -> HeadroomException.invalid("after", "Expected the endCursor of the page before"));
    }

    @SchemaMapping(typeName = "Drift")
    Account account(Drift drift, @ContextValue Actor actor) {
        return accounts.byId(actor, drift.account());
    }

    @SchemaMapping(typeName = "Drift")
    UUID quote(Drift drift) {
        return drift.last().quote();
    }

    @SchemaMapping(typeName = "Drift")
    Compared invoice(Drift drift) {
        return drift.last().invoice();
    }

    @SchemaMapping(typeName = "Drift")
    Money ours(Drift drift) {
        return drift.last().ours();
    }

    @SchemaMapping(typeName = "Drift")
    Money stripes(Drift drift) {
        return drift.last().stripes();
    }

    @SchemaMapping(typeName = "Drift")
    List<Cause> why(Drift drift) {
        return drift.last().why();
    }
}
