package dev.headroom.draft;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.error.HeadroomException;
import dev.headroom.sheet.VersionDiff;
import java.util.Locale;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** In what versions differ, in numbers and in the words of the request's locale. */
@Controller
class DraftDiffController {

    private final Drafts drafts;
    private final Catalog catalog;

    DraftDiffController(Drafts drafts, Catalog catalog) {
        this.drafts = drafts;
        this.catalog = catalog;
    }

    @SchemaMapping(typeName = "Draft")
    WordedDiff diff(Draft draft, @ContextValue Actor actor, Locale locale) {
        return worded(drafts.diff(actor, draft), draft.subject().kind(), locale);
    }

    @QueryMapping
    WordedDiff planVersionDiff(@Argument String plan, @Argument int from, @Argument int to, @ContextValue Actor actor, Locale locale) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        Plan compared = known.plan(plan).or(() -> known.addOn(plan))
                .orElseThrow(() -> HeadroomException.notFound("plan", "No plan or add-on has the key \"" + plan + "\""));
        return worded(
                VersionDiff.of(version("from", compared, from, known).sheet(), version("to", compared, to, known).sheet()), compared.kind(), locale);
    }

    private static PlanVersion version(String field, Plan plan, int number, CatalogSnapshot known) {
        return known.versionsOf(plan).stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> HeadroomException.notFound(field, "\"" + plan.key() + "\" has no version " + number));
    }

    private WordedDiff worded(VersionDiff diff, Plan.Kind kind, Locale locale) {
        return WordedDiff.of(diff, new DiffWords(catalog.snapshot(), kind, locale));
    }
}
