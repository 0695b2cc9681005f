package dev.headroom.sync;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ReconciliationController {

    private static final int LARGEST_PAGE = 100;

    private final Reconciliations reconciliations;
    private final Accounts accounts;

    ReconciliationController(Reconciliations reconciliations, Accounts accounts) {
        this.reconciliations = reconciliations;
        this.accounts = accounts;
    }

    record StartReconciliation(String idempotencyKey) {}

    record ReconciliationStarted(Walk reconciliation) {}

    record Repair(@Nullable List<String> differences) {}

    record StripeDifferencesRepaired(int asked) {}

    @QueryMapping
    List<Walk> reconciliations(@Argument int first, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return reconciliations.newest(actor, first);
    }

    @QueryMapping
    List<StripeDifference> stripeDifferences(
            @Argument int first, @Argument @Nullable String after, @Argument boolean ended, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return reconciliations.differences(actor, ended, after == null ? null : id("after", after), first);
    }

    @MutationMapping
    ReconciliationStarted startReconciliation(@Argument StartReconciliation input, @ContextValue Actor actor) {
        return new ReconciliationStarted(reconciliations.start(actor, input.idempotencyKey()));
    }

    @MutationMapping
    StripeDifferencesRepaired repairStripeDifferences(@Argument Repair input, @ContextValue Actor actor) {
        if (input.differences() != null && input.differences().size() > LARGEST_PAGE) {
            throw HeadroomException.invalid("input.differences", "At most " + LARGEST_PAGE + " at once; leave it out for all of them");
        }
        List<UUID> wanted = input.differences() == null ? null : input.differences().stream().map(each -> id("input.differences", each)).toList();
        return new StripeDifferencesRepaired(reconciliations.repair(actor, wanted));
    }

    @SchemaMapping(typeName = "StripeDifference")
    Account account(StripeDifference difference, @ContextValue Actor actor) {
        return accounts.byId(actor, difference.account());
    }

    private static UUID id(String field, String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.invalid(field, "Expected the id of a difference"));
    }
}
