package dev.headroom.console.catalog;

import static com.vaadin.flow.component.UI.getCurrent;
import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.headroom.actor.Actor;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.console.Sentences;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.exchange.CatalogImport;
import dev.headroom.exchange.CatalogImport.FileFinding;
import dev.headroom.exchange.CatalogImports;
import dev.headroom.exchange.CatalogImports.ApplyCatalog;
import dev.headroom.exchange.CatalogImports.CatalogApplied;
import dev.headroom.exchange.CatalogImports.CatalogHasFindings;
import dev.headroom.exchange.CatalogImports.CatalogMoved;
import dev.headroom.exchange.FileDifference;
import dev.headroom.exchange.FileDifference.Effect;
import dev.headroom.id.Ids;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue as a file: taken away, brought back, looked at, and only then applied. */
final class FileTab extends Div {

    private static final int LARGEST = 4 << 20;

    private final CatalogImports imports;
    private final Actor actor;
    private final Div found = new Div();

    FileTab(CatalogImports imports, SignedIn signedIn) {
        this.imports = imports;
        this.actor = signedIn.actor();
        found.addClassName("list");
        addClassName("list");
        add(
                new Section(translate("file.export"), quiet("file.export.meaning"), export()),
                new Section(translate("file.import"), quiet("file.import.meaning"), upload(), found));
        found.add(new EmptyState(translate("file.none"), translate("file.none.why")));
    }

    private static Paragraph quiet(String key) {
        Paragraph meaning = new Paragraph(translate(key));
        meaning.addClassName("quiet");
        return meaning;
    }

    private Anchor export() {
        DownloadHandler handler = event -> {
            event.setFileName("catalog.yaml");
            event.setContentType("application/yaml;charset=utf-8");
            try (OutputStream out = event.getOutputStream()) {
                out.write(imports.export(actor, null).getBytes(StandardCharsets.UTF_8));
            }
        };
        Anchor link = new Anchor(handler, translate("file.download"));
        link.addClassName("download");
        return link;
    }

    private Upload upload() {
        Upload upload = new Upload(UploadHandler.inMemory((file, content) -> look(file.fileName(), new String(content, StandardCharsets.UTF_8))));
        upload.setAcceptedFileTypes(".yaml", ".yml");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(LARGEST);
        upload.setUploadButton(new Button(translate("file.choose")));
        upload.setDropLabel(new Span(translate("file.drop")));
        upload.addAllFinishedListener(finished -> upload.clearFileList());
        return upload;
    }

    /** Shows what applying a file would do, or what is wrong with it. */
    void look(String name, String yaml) {
        show(name, yaml, imports.preview(actor, yaml, getCurrent().getLocale()), null);
    }

    private void show(String name, String yaml, CatalogImport looked, @Nullable String said) {
        found.removeAll();
        if (said != null) {
            found.add(status(said));
        }
        if (!looked.findings().isEmpty()) {
            found.add(findings(name, looked.findings()));
        }
        if (!looked.applicable()) {
            found.addComponentAsFirst(status(translate("file.wrong", name)));
            return;
        }
        List<FileDifference> acting = looked.differences().stream().filter(FileDifference::acts).toList();
        List<FileDifference> waiting = looked.differences().stream().filter(each -> each.effect() == Effect.WAITING).toList();
        List<FileDifference> left = looked.differences().stream().filter(each -> each.effect() == Effect.LEFT).toList();
        if (acting.isEmpty()) {
            found.add(status(translate(waiting.isEmpty() ? "file.agrees" : "file.waits", name)));
        } else {
            found.add(differences(translate("file.changes"), acting), apply(name, yaml, looked, acting));
            found.addComponentAsFirst(status(translate("file.differs", name)));
        }
        if (!waiting.isEmpty()) {
            found.add(differences(translate("file.waiting"), waiting));
        }
        if (!left.isEmpty()) {
            found.add(differences(translate("file.left"), left));
        }
    }

    private static Paragraph status(String text) {
        Paragraph said = new Paragraph(text);
        said.getElement().setAttribute("role", "status");
        return said;
    }

    private static Component findings(String name, List<FileFinding> findings) {
        DataTable table = new DataTable(translate("file.findings"), translate("file.place"), translate("file.severity"), translate("file.finding"));
        findings.forEach(each -> {
            Div said = new Div(new Span(Sentences.of(each.message())), new Code(each.path()));
            said.addClassName("stacked");
            table.row(new Text(name + ":" + each.line() + ":" + each.column()), new Text(translate(each.error() ? "file.error" : "file.warning")), said);
        });
        return new Section(translate("file.findings"), table);
    }

    private static Component differences(String title, List<FileDifference> differences) {
        DataTable table = new DataTable(title, translate("file.thing"), translate("file.effect"), translate("file.words"));
        differences.forEach(each -> {
            Div thing = new Div(new Span(Words.of(each.subject())), new Code(each.key()));
            thing.addClassName("stacked");
            table.row(thing, new Text(Words.of(each.effect())), words(each.words()));
        });
        return new Section(title, table);
    }

    private static Component words(List<String> words) {
        return words.size() == 1 ? new Text(words.getFirst()) : new UnorderedList(words.stream().map(ListItem::new).toArray(ListItem[]::new));
    }

    private Button apply(String name, String yaml, CatalogImport looked, List<FileDifference> acting) {
        long drafts = acting.stream().filter(each -> each.effect() == Effect.DRAFTED).count();
        String does = translate("file.apply", acting.size() - drafts, drafts);
        Button apply = new Button(does, click -> confirm(name, yaml, looked, does).open());
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        return apply;
    }

    private FormDialog confirm(String name, String yaml, CatalogImport looked, String does) {
        String key = Ids.next().toString();
        TextArea reason = new TextArea(translate("file.reason"));
        reason.setWidthFull();
        return new FormDialog(
                translate("file.confirm", name), does,
                () -> applied(name, yaml, new ApplyCatalog(key, yaml, looked.fingerprint(), reason.getValue())),
                new Paragraph(translate("file.confirm.meaning")), reason).with("input.reason", reason);
    }

    private void applied(String name, String yaml, ApplyCatalog command) {
        switch (imports.apply(actor, command, getCurrent().getLocale())) {
            case CatalogApplied(List<FileDifference> done, CatalogImport remaining) -> show(name, yaml, remaining, translate("file.applied", done.size()));
            case CatalogMoved(CatalogImport now) -> show(name, yaml, now, translate("file.moved"));
            case CatalogHasFindings(CatalogImport now) -> show(name, yaml, now, null);
        }
    }
}
