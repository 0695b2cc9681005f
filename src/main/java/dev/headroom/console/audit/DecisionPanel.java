package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntry;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.diff.DiffPanel;
import dev.headroom.console.impact.HindrancePanel;
import dev.headroom.console.impact.HistogramPanel;
import dev.headroom.console.impact.TotalsPanel;
import dev.headroom.console.publish.PublishText;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.rollout.Rollouts.Decided;
import org.jspecify.annotations.Nullable;

/** What somebody decided by, as it was shown to them: the difference, the impact, and what was to become of whom. */
final class DecisionPanel extends Div {

    DecisionPanel(SignedIn signedIn, AuditEntry entry, Decided decided, CatalogSnapshot known) {
        if (decided.diff() != null) {
            add(new Section(translate("audit.decision.diff"), new DiffPanel(decided.diff(), known, kind(entry))));
        }
        add(new Section(translate("audit.decision.impact"), seen(decided.seen(), known)), new Section(translate("audit.decision.rollout"), facts(signedIn, entry, decided)));
    }

    private static Plan.Kind kind(AuditEntry entry) {
        return entry.partOf() != null && entry.partOf().subject().equals(Plan.Kind.ADD_ON.subject()) ? Plan.Kind.ADD_ON : Plan.Kind.TIER;
    }

    private static Component seen(@Nullable ImpactSummary seen, CatalogSnapshot known) {
        if (seen == null) {
            return new Paragraph(translate("audit.decision.unknown"));
        }
        return seen.accounts() == 0
                ? new Paragraph(translate("impact.nobody"))
                : new Div(new TotalsPanel(seen), new HistogramPanel(seen), HindrancePanel.limits(seen, known), HindrancePanel.hindrances(seen));
    }

    private static Component facts(SignedIn signedIn, AuditEntry entry, Decided decided) {
        Facts facts = new Facts()
                .with(translate("publish.fact.who"), PublishText.name(decided.terms().choice().timing()))
                .with(translate("audit.decision.listed"), Figures.number(decided.listed().total()));
        if (signedIn.may(Permission.CATALOG)) {
            facts.with(translate("published.impact"), new Anchor("impacts/" + decided.receipt().run(), translate("published.impact.show")));
        }
        if (signedIn.may(Permission.CATALOG) || signedIn.may(Permission.PUBLISH)) {
            facts.with(translate("rollout.one"), new Anchor("rollouts/" + entry.subjectId(), translate("rollout.open")));
        }
        return facts;
    }
}
