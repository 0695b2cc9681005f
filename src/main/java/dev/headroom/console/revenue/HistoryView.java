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
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.FormDialog;
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
import dev.headroom.history.HistoryRuns.ReadStripe;
import dev.headroom.history.HistoryRuns;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was paid before Headroom came: what a file or Stripe tells is looked at whole, and only then brought. */
@Route(HistoryView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class HistoryView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = RevenueView.PATH + "/history";

    private static final String FILE = "file";
    private static final int SHOWN = 20;
    private static final String EXAMPLE = """
            account,name,email,currency,from,plan,seats,mrr,kind
            acme,Acme Ltd,billing@acme.example,USD,2023-03-01,starter,,50.00,
            acme,Acme Ltd,billing@acme.example,USD,2023-08-15,pro,,99.00,UPSELL
            gone,Gone Inc,billing@gone.example,USD,2023-04,team,4,100.00,
            gone,Gone Inc,billing@gone.example,USD,2024-01-31,team,,0,""";

    private final SignedIn signedIn;
    private final HistoryFiles files;
    private final HistoryRuns runs;
    private final HistoryReports reports;
    private final InstantSource clock;
    private final Div shown = new Div();
    private final Div list = new Div();
    private final Paragraph refused = new Paragraph();
    private final Map<UUID, Row> rows = new HashMap<>();
    private QueryState state = QueryState.of(new Location(""));

    HistoryView(SignedIn signedIn, HistoryFiles files, HistoryRuns runs, HistoryReports reports, RevenueHistories pasts, Accounts accounts, InstantSource clock) {
        this.signedIn = signedIn;
        this.files = files;
        this.runs = runs;
        this.reports = reports;
        this.clock = clock;
        above(translate("revenue.title"), RevenueView.class);
        title(translate("past.title"));
        if (signedIn.may(Permission.ADMIN)) {
            actions(new Button(translate("past.close"), click -> new ClosePastDialog(signedIn, pasts).open()));
        }
        Section file = new Section(
                translate("past.file"), quiet("past.file.meaning"), new Pre(EXAMPLE), quiet("past.file.columns"), new Paragraph(translate("past.file.limits", millions(), HistoryFiles.MOST_LINES)), upload());
        Section stripe = new Section(translate("past.stripe"), quiet("past.stripe.meaning"), quiet("past.stripe.silent"), new Button(translate("past.stripe.read"), click -> readStripe().open()));
        Div page = new Div(file, stripe, shown, new LeftOversPanel(signedIn, pasts, accounts), list);
        page.addClassName("list");
        add(page);
    }

    /** What a row of the list tells that changes while one looks. */
    private record Row(Span state, Span lines, Span placed, Span refused) {
        static Row of(HistoryRun run) {
            Row row = new Row(new Span(), new Span(), new Span(), new Span());
            row.tell(run);
            return row;
        }

        void tell(HistoryRun run) {
            state.setText(HistoryPanel.said(run));
            lines.setText(HistoryPanel.number(run.counts().lines()));
            placed.setText(HistoryPanel.number(run.counts().placed()));
            refused.setText(HistoryPanel.number(run.counts().refused()));
        }
    }

    private FormDialog readStripe() {
        String key = Ids.next().toString();
        return new FormDialog(translate("past.stripe.read"), translate("past.stripe.read"), () -> choose(runs.readStripe(signedIn.actor(), new ReadStripe(key))), quiet("past.stripe.order"));
    }

    private static int millions() {
        return HistoryFiles.LARGEST / 1_000_000;
    }

    private static Paragraph quiet(String key) {
        Paragraph meaning = new Paragraph(translate(key));
        meaning.addClassName("quiet");
        return meaning;
    }

    private Div upload() {
        Actor actor = signedIn.actor();
        refused.getElement().setAttribute("role", "alert");
        Upload upload = new Upload(UploadHandler.toTempFile((file, content) -> {
            try (Reader text = new InputStreamReader(Files.newInputStream(content.toPath()), StandardCharsets.UTF_8)) {
                take(actor, file.fileName(), text);
            } finally {
                Files.deleteIfExists(content.toPath());
            }
        }));
        upload.setAcceptedFileTypes(".csv", ".txt");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(HistoryFiles.LARGEST);
        upload.addFileRejectedListener(rejected -> refused.setText(translate("past.file.refused", rejected.getFileName(), millions())));
        upload.setUploadButton(new Button(translate("past.choose")));
        upload.setDropLabel(new Span(translate("file.drop")));
        upload.addAllFinishedListener(finished -> upload.clearFileList());
        return new Div(upload, refused);
    }

    /** Has a file looked at. */
    void take(Actor actor, String name, Reader text) throws IOException {
        HistoryRun run = files.take(actor, new OpenHistory(Ids.next().toString(), name), text);
        if (isAttached()) {
            refused.setText("");
            choose(run);
        }
    }

    private void choose(HistoryRun run) {
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
        rows.clear();
        state.get(FILE).ifPresent(id -> shown.add(found(actor, id)));
        List<HistoryRun> newest = files.newest(actor, SHOWN);
        list.add(new Section(translate("past.files"), newest.isEmpty()
                ? new EmptyState(translate("past.files.none"), translate("past.files.none.why")) : table(newest, new ActorText(List.of(), signedIn))));
    }

    private Component found(Actor actor, String id) {
        try {
            return panel(files.byId(actor, id));
        } catch (HeadroomException unknown) {
            return new EmptyState(translate("past.unknown"), translate("past.unknown.why"));
        }
    }

    private HistoryPanel panel(HistoryRun run) {
        return new HistoryPanel(signedIn, files, runs, reports, clock, run, now -> {
            Optional.ofNullable(rows.get(now.id())).ifPresent(row -> row.tell(now));
            if (now.state() != run.state()) {
                shown.removeAll();
                shown.add(panel(now));
            }
        });
    }

    private DataTable table(List<HistoryRun> newest, ActorText who) {
        DataTable table = new DataTable(
                translate("past.files"), translate("past.name"), translate("past.state"), translate("past.began"), translate("past.by"), translate("past.lines"),
                translate("past.placed"), translate("past.refused")).figuresFrom(5);
        newest.forEach(run -> {
            Row row = rows.computeIfAbsent(run.id(), _ -> Row.of(run));
            table.row(
                    new Anchor(PATH + "?" + FILE + "=" + run.id(), HistoryPanel.name(run)), row.state(), When.minute(run.beganAt(), ZoneOffset.UTC), new Span(who.of(run.askedBy())), row.lines(),
                    row.placed(), row.refused());
        });
        return table;
    }
}
