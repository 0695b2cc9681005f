package dev.headroom.catalog;

import dev.headroom.catalog.Catalog.TakePlan;
import dev.headroom.catalog.CreatePlan.NewOwnPrice;
import dev.headroom.catalog.CreatePlan.NextVersion;
import dev.headroom.catalog.CreatePlanInput.NewPrice;
import dev.headroom.catalog.Plan.OwnPrice;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion.State;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.id.Ids;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.SheetRules;
import dev.headroom.sheet.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the first version of a plan or add-on out of what was asked for, or refuses it with all that is wrong. */
final class NewPlans {

    private NewPlans() {}

    static PlanVersion firstVersion(CreatePlan command, Plan.Kind kind, CatalogSnapshot catalog, Instant at) {
        ProductId product = catalog.requireProduct("input.product", command.product()).id();
        PlanSheet sheet = PlanSheets.of(command);
        refuse(SheetRules.findings(sheet, PlanSheets.facts(catalog, product, kind, null, false)));
        return PlanVersion.of(
                new PlanVersionId(Ids.next()), PlanSheets.plan(new PlanId(Ids.next()), product, kind, sheet, owned(command.own(), product, kind, catalog)), 1, State.PUBLISHED, at,
                PlanSheets.prices(sheet.prices(), _ -> new PriceId(Ids.next())), PlanSheets.entitlements(sheet, kind, catalog));
    }

    /** An account has its own price in the place of what is sold to everybody of the same product. */
    private static @Nullable OwnPrice owned(@Nullable NewOwnPrice own, ProductId product, Plan.Kind kind, CatalogSnapshot catalog) {
        if (own == null) {
            return null;
        }
        Plan instead = (kind == Plan.Kind.TIER ? catalog.requirePlan("input.insteadOf", own.insteadOf()) : catalog.requireAddOn("input.insteadOf", own.insteadOf()))
                .requireForAll("input.insteadOf");
        if (!instead.product().equals(product)) {
            throw HeadroomException.invalid("input.insteadOf", instead.name() + " is of another product");
        }
        return new OwnPrice(own.account(), instead.id());
    }

    /** A draft of the version that would come after all that there are of a plan or add-on. */
    static PlanVersion nextVersion(NextVersion wanted, CatalogSnapshot catalog) {
        Plan plan = catalog.plan(wanted.plan()).or(() -> catalog.addOn(wanted.plan()))
                .orElseThrow(() -> HeadroomException.notFound("input.plan", "No plan or add-on has the key \"" + wanted.plan() + "\""));
        PlanSheet sheet = PlanSheets.of(new CreatePlan(
                wanted.idempotencyKey(), catalog.product(plan.product()).key(), plan.key(), plan.name(), plan.description(), plan.rank(),
                NewPrice.all(wanted.prices()), wanted.entitlements(), plan.visibility(), null));
        refuse(SheetRules.findings(sheet, PlanSheets.facts(catalog, plan.product(), plan.kind(), plan, false)));
        int last = catalog.versionsOf(plan).stream().mapToInt(PlanVersion::number).max().orElse(0);
        return PlanVersion.of(
                new PlanVersionId(Ids.next()), plan, last + 1, State.DRAFT, null,
                PlanSheets.prices(sheet.prices(), _ -> new PriceId(Ids.next())), PlanSheets.entitlements(sheet, plan.kind(), catalog));
    }

    /** Every version of a plan that has been sold elsewhere; what they grant is not known there. */
    static List<PlanVersion> taken(TakePlan command, CatalogSnapshot catalog, Instant at) {
        Plan plan = new Plan(
                new PlanId(Ids.next()), catalog.requireProduct("input.product", command.product()).id(), command.key(), command.name(),
                command.description(), command.rank(), Plan.Kind.TIER, Visibility.PUBLIC, null);
        return IntStream.range(0, command.versions().size())
                .mapToObj(i -> PlanVersion.of(
                        new PlanVersionId(Ids.next()), plan, i + 1, command.versions().get(i).state(), at, prices(command.versions().get(i).prices()), List.of()))
                .toList();
    }

    private static List<PlanPrice> prices(List<Price> wanted) {
        List<PriceLine> lines = PlanSheets.lines(wanted);
        refuse(SheetRules.prices(lines));
        return PlanSheets.prices(lines, _ -> new PriceId(Ids.next()));
    }

    private static void refuse(List<Finding> findings) {
        Refusals refusals = Refusals.gathered();
        findings.stream().filter(Finding::blocks).forEach(finding -> refusals.look(() -> {
            throw finding.rule() == Finding.Rule.UNKNOWN_FEATURE
                    ? HeadroomException.notFound(field(finding), finding.message())
                    : HeadroomException.invalid(field(finding), finding.message());
        }));
        refusals.refuse();
    }

    /** Prices that can be read one by one are refused together, and so are those of units beyond a limit. */
    private static String field(Finding finding) {
        return "input." + finding.path().replaceFirst("^prices\\[.*", "prices").replaceFirst("\\.overage\\[.*", ".overage");
    }
}
