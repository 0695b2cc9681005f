package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.account.ActorText;
import dev.headroom.error.HeadroomException;
import dev.headroom.history.HistoryFiles.OpenHistory;
import dev.headroom.history.HistoryFiles;
import dev.headroom.history.HistoryReports;
import dev.headroom.history.HistoryRun;
import dev.headroom.id.Ids;
import dev.headroom.revenue.RevenueHistories;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** What was paid before Headroom came: a file is looked at whole, and only then brought. */
@Route(HistoryView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class HistoryView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = RevenueView.PATH + "/history";

    private static final String FILE = "file";
    private static final int LARGEST = 50 << 20;
    private static final int SHOWN = 20;
    private static final String EXAMPLE = """
            account,name,email,currency,from,plan,seats,mrr,kind
            acme,Acme Ltd,billing@acme.example,USD,2023-03-01,starter,,50.00,
            acme,Acme Ltd,billing@acme.example,USD,2023-08-15,pro,,99.00,UPSELL
            gone,Gone Inc,billing@gone.example,USD,2023-04,team,4,100.00,
            gone,Gone Inc,billing@gone.example,USD,2024-01-31,team,,0,""";

    private final SignedIn signedIn;
    private final HistoryFiles files;
    private final HistoryReports reports;
    private final RevenueHistories pasts;
    private final InstantSource clock;
    private final Div shown = new Div();
    private final Div list = new Div();
    private QueryState state = QueryState.of(new Location(""));

    HistoryView(SignedIn signedIn, HistoryFiles files, HistoryReports reports, RevenueHistories pasts, InstantSource clock) {
        this.signedIn = signedIn;
        this.files = files;
        this.reports = reports;
        this.pasts = pasts;
        this.clock = clock;
        above(translate("revenue.title"), RevenueView.class);
        title(translate("past.title"));
        if (signedIn.may(Permission.ADMIN)) {
            actions(new Button(translate("past.close"), click -> new ClosePastDialog(signedIn, pasts).open()));
        }
        Div page = new Div(new Section(translate("past.file"), quiet("past.file.meaning"), new Pre(EXAMPLE), quiet("past.file.columns"), upload()), shown, list);
        page.addClassName("list");
        add(page);
    }

    private static Paragraph quiet(String key) {
        Paragraph meaning = new Paragraph(translate(key));
        meaning.addClassName("quiet");
        return meaning;
    }

    private Upload upload() {
        Actor actor = signedIn.actor();
        Upload upload = new Upload(UploadHandler.toTempFile((file, content) -> {
            try (Reader text = new InputStreamReader(Files.newInputStream(content.toPath()), StandardCharsets.UTF_8)) {
                take(actor, file.fileName(), text);
            } finally {
                Files.deleteIfExists(content.toPath());
            }
        }));
        upload.setAcceptedFileTypes(".csv", ".txt");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(LARGEST);
        upload.setUploadButton(new Button(translate("past.choose")));
        upload.setDropLabel(new Span(translate("file.drop")));
        upload.addAllFinishedListener(finished -> upload.clearFileList());
        return upload;
    }

    /** Has a file looked at. */
    void take(Actor actor, String name, Reader text) throws IOException {
        HistoryRun run = files.take(actor, new OpenHistory(Ids.next().toString(), name), text);
        state.choose(FILE, run.id().toString());
        show();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = QueryState.of(event.getLocation());
        show();
    }

    private void show() {
        Actor actor = signedIn.actor();
        shown.removeAll();
        list.removeAll();
        state.get(FILE).ifPresent(id -> shown.add(found(actor, id)));
        List<HistoryRun> newest = files.newest(actor, SHOWN);
        list.add(new Section(translate("past.files"), newest.isEmpty()
                ? new EmptyState(translate("past.files.none"), translate("past.files.none.why")) : table(newest, new ActorText(List.of(), signedIn))));
    }

    private Component found(Actor actor, String id) {
        try {
            return new HistoryPanel(signedIn, files, reports, clock, files.byId(actor, id), this::show);
        } catch (HeadroomException unknown) {
            return new EmptyState(translate("past.unknown"), translate("past.unknown.why"));
        }
    }

    private static DataTable table(List<HistoryRun> runs, ActorText who) {
        DataTable table = new DataTable(
                translate("past.files"), translate("past.name"), translate("past.state"), translate("past.began"), translate("past.by"), translate("past.lines"),
                translate("past.placed"), translate("past.refused")).figuresFrom(5);
        runs.forEach(run -> table.row(
                new Anchor(PATH + "?" + FILE + "=" + run.id(), run.name()), new Span(HistoryPanel.said(run)), When.minute(run.beganAt(), ZoneOffset.UTC), new Span(who.of(run.askedBy())),
                new Span(HistoryPanel.number(run.counts().lines())), new Span(HistoryPanel.number(run.counts().placed())), new Span(HistoryPanel.number(run.counts().refused()))));
        return table;
    }
}
