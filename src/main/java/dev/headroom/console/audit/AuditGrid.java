package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Account;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntries.Mark;
import dev.headroom.audit.AuditEntry;
import dev.headroom.audit.AuditFilter;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.audit.AuditNames.Named;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/** Entries one under another, newest first, read as they come into sight. */
final class AuditGrid extends ListGrid<Named> {

    private static final int PAGE = 50;

    private final SignedIn signedIn;
    private final AuditEntries entries;
    private final AuditNames names;

    AuditGrid(SignedIn signedIn, AuditEntries entries, AuditNames names) {
        super(translate("audit.title"), PAGE);
        this.signedIn = signedIn;
        this.entries = entries;
        this.names = names;
        addComponentColumn(AuditGrid::at).setHeader(translate("audit.at")).setKey("at").setAutoWidth(true).setRowHeader(true);
        addComponentColumn(AuditGrid::who).setHeader(translate("audit.who")).setKey("who").setAutoWidth(true).setFlexGrow(1);
        addComponentColumn(AuditGrid::what).setHeader(translate("audit.what")).setKey("what").setWidth("16rem").setFlexGrow(3);
        addComponentColumn(AuditGrid::account).setHeader(translate("account.name")).setKey("account").setAutoWidth(true);
        addComponentColumn(AuditGrid::change).setHeader(translate("audit.change")).setKey("change").setWidth("14rem").setFlexGrow(3);
        setEmptyStateComponent(new EmptyState(translate("audit.none"), translate("audit.none.why")));
    }

    /** Whatever is written meanwhile comes before what is shown, and moves none of it. */
    void show(AuditFilter filter) {
        KeysetPages<AuditEntry> pages = new KeysetPages<>(
                (last, size) -> entries.page(signedIn.actor(), filter, last == null ? null : Mark.of(last), size), PAGE);
        setItems(query -> names.of(signedIn.actor(), pages.slice(query.getOffset(), query.getLimit())).stream());
    }

    /** Nothing, because what is asked for is not to be had. */
    void showNothing() {
        setItems(query -> {
            query.getOffset();
            query.getLimit();
            return Stream.empty();
        });
    }

    private static Component at(Named row) {
        Anchor link = new Anchor(AuditEntryView.address(row.entry()), "");
        link.add(When.second(row.entry().at(), ZoneOffset.UTC));
        return ConsolePage.folded(link, new Span(row.who()), new Span(sentence(row)), new Span(Optional.ofNullable(row.account()).map(Account::name).orElse("")));
    }

    private static Component who(Named row) {
        return stacked(row.who(), AuditNames.tellsOrigin(row.entry()) ? "" : Words.of(row.entry().origin()));
    }

    private static Component what(Named row) {
        return stacked(sentence(row), Optional.ofNullable(row.entry().reason()).map(reason -> translate("audit.because", reason)).orElse(""));
    }

    static String sentence(Named row) {
        String act = AuditText.act(row.entry().operation());
        return AuditText.name(row.entry()).map(name -> translate("audit.act", act, name)).orElse(act);
    }

    private static Component account(Named row) {
        Account account = row.account();
        return account == null ? new Span() : new Anchor("accounts/" + account.key(), account.name());
    }

    private static Component change(Named row) {
        Span brief = new Span(AuditText.brief(row.entry()));
        brief.addClassName("quiet");
        return brief;
    }

    private static Component stacked(String first, String quiet) {
        Span below = new Span(quiet);
        below.addClassName("quiet");
        Div stacked = new Div(new Span(first));
        if (!quiet.isEmpty()) {
            stacked.add(below);
        }
        stacked.addClassName("stacked");
        return stacked;
    }
}
