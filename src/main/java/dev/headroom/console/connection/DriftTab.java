package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.change.PlanChangeRecords;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.preview.Drift;
import dev.headroom.preview.Drifts;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Where Stripe would bill something else than was reckoned here; what is quoted meanwhile is Stripe's amount. */
final class DriftTab extends Div {

    private static final int SHOWN = 50;

    private final Accounts accounts;
    private final PlanChangeRecords records;
    private final Actor actor;

    DriftTab(Drifts drifts, Accounts accounts, PlanChangeRecords records, Actor actor) {
        this.accounts = accounts;
        this.records = records;
        this.actor = actor;
        List<Drift> found = drifts.page(actor, false, null, SHOWN + 1);
        Section section = new Section(translate("drift.title"), found.isEmpty()
                ? new EmptyState(translate("drift.none"), translate("drift.none.why"))
                : listed(found));
        if (found.size() > SHOWN) {
            section.add(new Paragraph(translate("drift.more", SHOWN)));
        }
        add(section);
    }

    private Component listed(List<Drift> found) {
        DataTable table = new DataTable(
                translate("drift.title"), translate("mirror.what"), translate("sync.here"), translate("sync.there"), translate("drift.why"),
                translate("drift.seen"));
        found.stream().limit(SHOWN).forEach(each -> table.row(
                what(each), new Text(Figures.money(each.last().ours())), new Text(Figures.money(each.last().stripes())), new Text(why(each)), seen(each)));
        return table;
    }

    private Component what(Drift drift) {
        Account account = accounts.byId(actor, drift.account());
        Span invoice = new Span(Words.of(drift.last().invoice()));
        invoice.addClassName("quiet");
        Div what = stacked(new Anchor("accounts/" + account.key(), account.name()), invoice);
        UUID quote = drift.last().quote();
        Optional.ofNullable(records.ofQuotes(actor, account.id(), Set.of(quote)).get(quote)).ifPresent(change ->
                what.add(new Anchor("accounts/" + account.key() + "/changes/" + change.id(), translate("drift.accepted"))));
        return what;
    }

    private static String why(Drift drift) {
        return drift.last().why().isEmpty()
                ? translate("drift.why.unknown")
                : drift.last().why().stream().map(Words::of).collect(Collectors.joining(", "));
    }

    private static Component seen(Drift drift) {
        return stacked(When.minute(drift.lastSeenAt(), ZoneOffset.UTC), new Span(translate("drift.times", drift.seen())));
    }

    private static Div stacked(Component... parts) {
        Div stacked = new Div(parts);
        stacked.addClassName("stacked");
        return stacked;
    }
}
