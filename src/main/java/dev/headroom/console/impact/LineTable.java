package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.console.DataTable;
import dev.headroom.impact.ImpactLine;
import dev.headroom.impact.ImpactRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some lines of an impact one under another, each with what moving it would cost today. */
public final class LineTable extends Div {

    private final ImpactServices services;
    private final ImpactRun run;
    private final DataTable table = new DataTable(
            translate("impact.lines"), translate("account.name"), translate("impact.line.recurring"), translate("impact.mrr.difference"),
            translate("impact.line.notable"), translate("impact.line.quote"));

    public LineTable(ImpactServices services, ImpactRun run) {
        this.services = services;
        this.run = run;
        add(table);
    }

    public void add(List<ImpactLine> lines) {
        Map<AccountId, Account> owners = services.accounts().byIds(services.signedIn().actor(), lines.stream().map(ImpactLine::account).distinct().toList());
        lines.forEach(line -> row(line, Optional.ofNullable(owners.get(line.account()))));
    }

    private void row(ImpactLine line, Optional<Account> owner) {
        String name = owner.map(Account::name).orElse(line.account().toString());
        Span has = new Span(LineText.has(line, services.catalog().snapshot()));
        has.addClassName("quiet");
        Div who = new Div(owner.<Component>map(account -> new Anchor("accounts/" + account.key(), name)).orElseGet(() -> new Text(name)), has);
        who.addClassName("stacked");
        Button quote = new Button(translate("impact.line.today"), click -> QuotedToday.open(services, run, line, name));
        quote.setAriaLabel(translate("impact.line.today.of", name));
        quote.addThemeVariants(ButtonVariant.SMALL);
        quote.setVisible(line.moves());
        table.row(
                who, new Text(LineText.recurring(line)), new Text(ImpactText.difference(line.mrrBefore(), line.mrrAfter())),
                new Text(LineText.notable(line, services.catalog().snapshot())), quote);
    }
}
