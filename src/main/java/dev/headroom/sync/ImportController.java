package dev.headroom.sync;

import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sync.ImportFinding.ImportedKind;
import dev.headroom.sync.ImportFinding.Outcome;
import dev.headroom.sync.ImportFinding.Tally;
import dev.headroom.sync.StripeImports.ApplyImport;
import dev.headroom.sync.StripeImports.StartImport;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ImportController {

    private static final int LARGEST_PAGE = 100;

    private final StripeImports imports;

    ImportController(StripeImports imports) {
        this.imports = imports;
    }

    record Apply(String idempotencyKey, String dryRun, @Nullable Boolean withoutSubscriptions) {}

    record StripeImportStarted(Walk walk) {}

    @QueryMapping
    List<Walk> stripeImports(@Argument int first, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return imports.newest(actor, first);
    }

    @QueryMapping
    List<Tally> stripeImportTallies(@Argument String of, @ContextValue Actor actor) {
        return imports.tallies(actor, id("of", of));
    }

    /** A cursor is the kind and the id of the last finding, as {@code PRICE:price_…}. */
    @QueryMapping
    List<ImportFinding> stripeImportFindings(
            @Argument String of, @Argument @Nullable Outcome outcome, @Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return imports.findings(actor, id("of", of), outcome, after == null ? null : last(after), first);
    }

    private static ImportFinding last(String after) {
        String[] parts = after.split(":", 2);
        ImportedKind kind = Arrays.stream(ImportedKind.values()).filter(each -> each.name().equals(parts[0])).findFirst()
                .orElseThrow(() -> HeadroomException.invalid("after", "Expected kind and id of the last finding, such as PRICE:price_1"));
        return ImportFinding.known(kind, parts.length == 2 ? parts[1] : "", "", "");
    }

    @MutationMapping
    StripeImportStarted startStripeImport(@Argument StartImport input, @ContextValue Actor actor) {
        return new StripeImportStarted(imports.start(actor, input));
    }

    @MutationMapping
    StripeImportStarted applyStripeImport(@Argument Apply input, @ContextValue Actor actor) {
        return new StripeImportStarted(imports.apply(actor, new ApplyImport(input.idempotencyKey(), id("input.dryRun", input.dryRun()), input.withoutSubscriptions())));
    }

    private static UUID id(String field, String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.notFound(field, "No such import"));
    }
}
