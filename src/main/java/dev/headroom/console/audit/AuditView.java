package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntries.Mark;
import dev.headroom.audit.AuditEntry;
import dev.headroom.audit.AuditFilter;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.audit.AuditNames.Named;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who did what to which thing, from where and why, newest first; as much of it as the address asks for. */
@Route(AuditView.PATH)
@PermitAll
class AuditView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "audit";

    private static final int FILE_PAGE = 2_000;
    private static final List<String> COLUMNS = List.of(
            "at", "who", "actor", "origin", "operation", "subject", "subject_id", "account", "reason", "correlation_id", "before", "after", "id");

    private final SignedIn signedIn;
    private final AuditEntries entries;
    private final AuditNames names;
    private final Accounts accounts;
    private final Div bar = new Div();
    private final Span only = new Span();
    private final Div pinned = new Div();
    private final AuditGrid grid;
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;
    private volatile @Nullable AuditFilter filter;

    AuditView(SignedIn signedIn, AuditEntries entries, AuditNames names, Accounts accounts) {
        this.signedIn = signedIn;
        this.reader = signedIn.actor();
        this.entries = entries;
        this.names = names;
        this.accounts = accounts;
        this.grid = new AuditGrid(signedIn, entries, names);
        addClassName("filling");
        Span line = new Span(translate("audit.zone"));
        line.addClassName("quiet");
        title(translate("audit.title"), line);
        pinned.add(only, new Span(" · "), new Anchor(PATH, translate("audit.pinned.clear")));
        pinned.addClassName("quiet");
        Div list = new Div(bar, pinned, grid);
        list.addClassName("list");
        add(list);
        actions(new ListTools(signedIn, PATH, grid), Csv.link(translate("csv.download"), "audit", COLUMNS, this::write));
    }

    /** The address of the page with one thing chosen. */
    static String address(String name, String value) {
        return new Location(PATH, QueryParameters.of(name, value)).getPathWithQueryParameters();
    }

    /** The address of what was done to one thing, or touched one account; an account is named by its id. */
    static String address(AuditFilter filter) {
        Map<String, String> chosen = new LinkedHashMap<>();
        Optional.ofNullable(filter.subject()).ifPresent(subject -> chosen.put(AuditFilters.SUBJECT, subject));
        Optional.ofNullable(filter.subjectId()).ifPresent(id -> chosen.put(AuditFilters.ID, id));
        return new Location(PATH, QueryParameters.simple(chosen)).getPathWithQueryParameters();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        AuditFilters filters = new AuditFilters(signedIn.actor(), entries, names, accounts, QueryState.of(event.getLocation()), this::show);
        bar.removeAll();
        bar.add(filters);
        show(filters);
    }

    private void show(AuditFilters filters) {
        pinned.setVisible(filters.pinned().isPresent());
        filters.pinned().ifPresent(only::setText);
        Optional<AuditFilter> wanted = filters.filter();
        filter = wanted.orElse(null);
        wanted.ifPresentOrElse(grid::show, grid::showNothing);
    }

    private void write(Csv csv) {
        AuditFilter wanted = filter;
        if (wanted == null) {
            return;
        }
        for (List<AuditEntry> page = page(wanted, null); !page.isEmpty(); page = page(wanted, page.getLast())) {
            names.of(reader, page).forEach(row -> line(csv, row));
        }
    }

    private List<AuditEntry> page(AuditFilter wanted, @Nullable AuditEntry last) {
        return entries.page(reader, wanted, last == null ? null : Mark.of(last), FILE_PAGE);
    }

    private static void line(Csv csv, Named row) {
        AuditEntry entry = row.entry();
        csv.row(
                entry.at(), row.who(), entry.actor(), entry.origin(), entry.operation(), entry.subject(), entry.subjectId(),
                Optional.ofNullable(row.account()).map(Account::key).orElse(null), entry.reason(), Objects.toString(entry.correlation(), null), entry.before(),
                entry.after(), entry.id());
    }
}
