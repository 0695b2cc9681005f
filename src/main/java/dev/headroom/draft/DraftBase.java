package dev.headroom.draft;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan.OwnPrice;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.Draft.Subject;
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.Finding.Rule;
import dev.headroom.sheet.Finding.Severity;
import dev.headroom.sheet.PlanSheet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a draft was begun on, and how it stands beside what is sold today. */
final class DraftBase {

    private DraftBase() {}

    static Optional<PlanVersion> version(Draft draft, CatalogSnapshot known) {
        return Optional.ofNullable(draft.subject().base()).map(known::version);
    }

    /** Of something new, an empty one. */
    static PlanSheet sheet(Draft draft, CatalogSnapshot known) {
        return version(draft, known).map(PlanVersion::sheet).orElseGet(() -> PlanSheet.blank(draft.subject().key()));
    }

    /** What a draft is to be seen beside: of one that was published the version that came before it, whatever has been published since; else what it was begun on. */
    static PlanSheet before(Draft draft, CatalogSnapshot known) {
        return Optional.ofNullable(draft.published()).flatMap(became -> previous(known.version(became), known)).map(PlanVersion::sheet).orElseGet(() -> sheet(draft, known));
    }

    private static Optional<PlanVersion> previous(PlanVersion version, CatalogSnapshot known) {
        return known.versionsOf(version.plan()).stream().filter(each -> each.number() == version.number() - 1).findFirst();
    }

    /** Whose alone it will be. */
    static Optional<OwnPrice> own(Draft draft, CatalogSnapshot known) {
        return Optional.ofNullable(draft.subject().account())
                .map(account -> new OwnPrice(account, version(draft, known).orElseThrow().plan().ruled()));
    }

    /** The one after the last. */
    static int number(Draft draft, CatalogSnapshot known) {
        return draft.plan(known).map(plan -> known.versionsOf(plan).getLast().number()).orElse(0) + 1;
    }

    /** Whatever is wrong with the sheet, and with its base. */
    static List<Finding> findings(Draft draft, CatalogSnapshot known) {
        Subject subject = draft.subject();
        return Stream.concat(
                        outdated(draft, known).stream(),
                        known.findings(draft.sheet(), subject.plan(), subject.product(), subject.kind()).stream())
                .toList();
    }

    private static Optional<Finding> outdated(Draft draft, CatalogSnapshot known) {
        PlanVersionId base = draft.subject().base();
        return draft.plan(known)
                .map(plan -> known.versionsOf(plan).getLast())
                .filter(last -> draft.open() && !last.id().equals(base))
                .map(last -> new Finding(
                        Severity.WARNING, Rule.OUTDATED, "base",
                        "Version " + last.number() + " was published since this draft was begun: what that changed is not in here"));
    }
}
