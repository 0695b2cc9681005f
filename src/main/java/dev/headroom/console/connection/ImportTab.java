package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.console.Sentences;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sync.ImportFinding;
import dev.headroom.sync.ImportFinding.Outcome;
import dev.headroom.sync.ImportFinding.Tally;
import dev.headroom.sync.StripeImports;
import dev.headroom.sync.StripeImports.ApplyImport;
import dev.headroom.sync.StripeImports.StartImport;
import dev.headroom.sync.Walk;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an account at Stripe had before, taken in: what would come of it first, then the import that was agreed to. */
final class ImportTab extends Div {

    private static final int SHOWN = 50;

    private final StripeImports imports;
    private final Actor actor;

    ImportTab(StripeImports imports, Actor actor) {
        this.imports = imports;
        this.actor = actor;
        show();
    }

    private void show() {
        Optional<Walk> last = imports.newest(actor, 1).stream().findFirst();
        removeAll();
        Button look = new Button(translate("import.start"), click -> dialog().open());
        last.ifPresentOrElse(walk -> add(new Section(title(walk), report(walk))), () -> add(new EmptyState(
                translate("import.none"), translate("import.none.why"), look)));
        if (last.filter(walk -> walk.finishedAt() != null).isPresent()) {
            add(look);
        }
    }

    private static String title(Walk walk) {
        return translate(walk.kind() == Walk.Kind.IMPORT ? "import.import" : "import.dryRun", When.minuteText(walk.beganAt(), ZoneOffset.UTC));
    }

    private Component report(Walk walk) {
        Paragraph said = new Paragraph(said(walk));
        said.getElement().setAttribute("role", "status");
        Div report = new Div(said);
        report.addClassName("list");
        if (walk.finishedAt() == null) {
            report.add(new Button(translate("mirror.refresh"), click -> show()));
        } else if (walk.kind() == Walk.Kind.DRY_RUN && walk.failure() == null) {
            Button apply = new Button(translate("import.apply"), click -> apply(walk, false));
            apply.addThemeVariants(ButtonVariant.PRIMARY);
            Div acts = new Div(apply, new Button(translate("import.apply.without"), click -> apply(walk, true)));
            acts.addClassName("acts");
            report.add(acts, new Paragraph(translate("import.apply.without.why")));
        }
        List<Tally> tallies = imports.tallies(actor, walk.id());
        if (!tallies.isEmpty()) {
            report.add(tallied(tallies));
        }
        List<ImportFinding> refused = imports.findings(actor, walk.id(), Outcome.NOT_MAPPED, null, SHOWN + 1);
        if (!refused.isEmpty()) {
            report.add(refused(refused));
        }
        return report;
    }

    private static String said(Walk walk) {
        if (walk.failure() != null) {
            return translate("import.failed", walk.failure());
        }
        return translate(walk.finishedAt() == null ? "import.underWay" : "import.finished", walk.read());
    }

    private static Component tallied(List<Tally> tallies) {
        DataTable table = new DataTable(
                translate("import.tallies"), translate("import.what"), Words.of(Outcome.MAPPED), Words.of(Outcome.KNOWN), Words.of(Outcome.NOT_MAPPED)).figuresFrom(2);
        Arrays.stream(ImportFinding.ImportedKind.values()).forEach(kind -> table.row(
                Words.of(kind), count(tallies, kind, Outcome.MAPPED), count(tallies, kind, Outcome.KNOWN), count(tallies, kind, Outcome.NOT_MAPPED)));
        return table;
    }

    private static String count(List<Tally> tallies, ImportFinding.ImportedKind kind, Outcome outcome) {
        return Figures.number(tallies.stream().filter(each -> each.kind() == kind && each.outcome() == outcome).mapToInt(Tally::count).sum());
    }

    private static Component refused(List<ImportFinding> refused) {
        DataTable table = new DataTable(translate("import.refused"), translate("import.what"), translate("sync.there"), translate("import.reason"));
        refused.stream().limit(SHOWN).forEach(each -> table.row(
                new Text(Words.of(each.kind())), named(each), new Text(Optional.ofNullable(each.reason()).orElse("–"))));
        Section section = new Section(translate("import.refused"), table);
        if (refused.size() > SHOWN) {
            section.add(new Paragraph(translate("import.refused.more", SHOWN)));
        }
        return section;
    }

    private static Component named(ImportFinding finding) {
        Div both = new Div(new Span(finding.name()), new Code(finding.stripeId()));
        both.addClassName("stacked");
        return both;
    }

    private FormDialog dialog() {
        String key = Ids.next().toString();
        TextField product = new TextField(translate("import.product"));
        product.setHelperText(translate("import.product.hint"));
        product.setWidthFull();
        TextField field = new TextField(translate("import.keyField"));
        field.setHelperText(translate("import.keyField.hint"));
        field.setWidthFull();
        return new FormDialog(translate("import.start"), translate("import.look"), () -> {
            imports.start(actor, new StartImport(key, product.getValue(), field.getValue(), null));
            show();
        }, new Paragraph(translate("import.meaning")), history(), product, field).with("input.product", product);
    }

    /** What was paid before can only be brought of whom nothing is recorded yet. */
    private static Paragraph history() {
        return new Paragraph(new Text(translate("import.history.first") + " "), new Anchor("revenue/history", translate("past.title")));
    }

    private void apply(Walk dryRun, boolean withoutSubscriptions) {
        try {
            imports.apply(actor, new ApplyImport(Ids.next().toString(), dryRun.id(), withoutSubscriptions));
            show();
        } catch (HeadroomException refused) {
            show();
            addComponentAsFirst(new Paragraph(Sentences.of(refused.getMessage())));
        }
    }
}
