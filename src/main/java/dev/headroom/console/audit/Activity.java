package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.account.Account;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditFilter;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.audit.AuditNames.Named;
import java.time.ZoneOffset;
import java.util.List;

/** The log of one thing, for the page of that thing: its newest entries, and the way to all of them. */
@org.springframework.stereotype.Component
public class Activity {

    /** The name of the tab in addresses. */
    public static final String TAB = "activity";

    private static final int SHOWN = 20;
    private static final int LATEST = 5;

    private final AuditEntries entries;
    private final AuditNames names;

    Activity(AuditEntries entries, AuditNames names) {
        this.entries = entries;
        this.names = names;
    }

    /** The way to the log of one thing, for where it has no page of its own. */
    public static Anchor link(String kind, Object id, String name) {
        Anchor link = new Anchor(AuditView.address(AuditFilter.ofSubject(kind, id.toString())), translate("audit.activity"));
        link.getElement().setAttribute("aria-label", translate("audit.activity.of", name));
        return link;
    }

    /** The way to the newest entry about one thing; where there is none, to all that is written of it. */
    public Anchor newest(SignedIn signedIn, String kind, Object id, String text) {
        AuditFilter filter = AuditFilter.ofSubject(kind, id.toString());
        return entries.page(signedIn.actor(), filter, null, 1).stream().findFirst()
                .map(entry -> new Anchor(AuditEntryView.address(entry), text))
                .orElseGet(() -> new Anchor(AuditView.address(filter), text));
    }

    /** @param kind what kind of thing it is, as entries call it */
    public Component of(SignedIn signedIn, String kind, Object id) {
        AuditFilter filter = AuditFilter.ofSubject(kind, id.toString());
        return of(signedIn, filter, AuditView.address(filter));
    }

    /** What touched an account's data. */
    public Component of(SignedIn signedIn, Account account) {
        return of(signedIn, AuditFilter.ofAccount(account.id().value()), AuditView.address(AuditFilters.ACCOUNT, account.key()));
    }

    /** The last few acts, whatever they were done to. */
    public Component latest(SignedIn signedIn) {
        List<Named> newest = names.of(signedIn.actor(), entries.page(signedIn.actor(), AuditFilter.EVERYTHING, null, LATEST));
        if (newest.isEmpty()) {
            return new EmptyState(translate("audit.none"), translate("audit.none.why"));
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("timeline");
        for (Named row : newest) {
            Span who = new Span(row.who());
            who.addClassName("quiet");
            Div act = new Div(new Span(AuditGrid.sentence(row)), who, at(row));
            act.addClassName("stacked");
            list.add(new ListItem(act));
        }
        return new Div(list, new Anchor(AuditView.PATH, translate("audit.activity.all")));
    }

    private Component of(SignedIn signedIn, AuditFilter filter, String all) {
        List<Named> newest = names.of(signedIn.actor(), entries.page(signedIn.actor(), filter, null, SHOWN));
        if (newest.isEmpty()) {
            return new EmptyState(translate("audit.activity.none"), translate("audit.activity.none.why"));
        }
        DataTable table = new DataTable(
                translate("audit.activity"), translate("audit.at"), translate("audit.who"), translate("audit.what"), translate("audit.change"));
        newest.forEach(row -> table.row(at(row), new Span(row.who()), new Span(AuditGrid.sentence(row)), new Span(AuditText.brief(row.entry()))));
        return new Div(table, new Anchor(all, translate("audit.activity.all")));
    }

    private static Component at(Named row) {
        Anchor link = new Anchor(AuditEntryView.address(row.entry()), "");
        link.add(When.second(row.entry().at(), ZoneOffset.UTC));
        return link;
    }
}
