package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Permission;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.error.HeadroomException;
import dev.headroom.revenue.RevenueHistories.LeftOver;
import dev.headroom.revenue.RevenueHistories;
import java.util.List;
import java.util.Map;

/** What was brought and nothing took over, so that it would count for ever; nothing where there is none. */
final class LeftOversPanel extends Div {

    private static final int SHOWN = 20;

    private final SignedIn signedIn;
    private final RevenueHistories pasts;
    private final Accounts accounts;

    LeftOversPanel(SignedIn signedIn, RevenueHistories pasts, Accounts accounts) {
        this.signedIn = signedIn;
        this.pasts = pasts;
        this.accounts = accounts;
        show();
    }

    private void show() {
        removeAll();
        List<LeftOver> found = pasts.leftOver(signedIn.actor(), null, SHOWN + 1);
        if (found.isEmpty()) {
            return;
        }
        Map<AccountId, Account> known = accounts.byIds(signedIn.actor(), found.stream().map(LeftOver::account).distinct().toList());
        Paragraph meaning = new Paragraph(translate("past.left.meaning"));
        meaning.addClassName("quiet");
        DataTable table = new DataTable(
                translate("past.left"), translate("past.account"), translate("past.left.subscription"), translate("past.left.plan"), translate("past.left.since"), translate("past.left.mrr"),
                translate("past.left.end"));
        found.stream().limit(SHOWN).forEach(each -> table.row(
                new Anchor("accounts/" + known.get(each.account()).key(), known.get(each.account()).name()), new Span(each.subscription()), new Span(each.plan()), new Span(each.since().toString()),
                new Span(Figures.money(each.mrr())), act(each)));
        Section section = new Section(translate("past.left"), meaning, table);
        if (found.size() > SHOWN) {
            section.add(new Paragraph(translate("past.left.more", SHOWN)));
        }
        add(section);
    }

    private Component act(LeftOver of) {
        if (!signedIn.may(Permission.ADMIN)) {
            return new Span(translate("past.left.owner"));
        }
        Button end = new Button(translate("past.left.end"), click -> dialog(of).open());
        end.setAriaLabel(translate("past.left.end.of", of.subscription()));
        return end;
    }

    private FormDialog dialog(LeftOver of) {
        DatePicker day = new DatePicker(translate("past.left.day"));
        day.setManualValidation(true);
        return new FormDialog(translate("past.left.end.of", of.subscription()), translate("past.left.end.act", Figures.money(of.mrr())), () -> {
            if (day.getValue() == null) {
                throw HeadroomException.invalid("input.day", translate("past.left.day.which"));
            }
            pasts.end(signedIn.actor(), of.account(), of.subscription(), day.getValue());
            show();
        }, new Paragraph(translate("past.left.end.meaning")), day).with("input.day", day);
    }
}
