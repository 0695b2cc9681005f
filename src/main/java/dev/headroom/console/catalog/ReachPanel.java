package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.reach.Reach;
import dev.headroom.reach.Reach.Total;
import dev.headroom.reach.ReachLine;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom an offer or a bundle concerns, in sentences, the largest of them in a table, and all of them as a file. */
final class ReachPanel extends Div {

    private static final int SHOWN = 10;

    /** @param nobody what is said where it concerns no account */
    ReachPanel(ReachServices services, Actor actor, Reach reach, String nobody, String file) {
        addClassName("reach");
        CatalogSnapshot known = services.catalog().snapshot();
        add(new Paragraph(translate("reach.at", When.minuteText(reach.at(), ZoneOffset.UTC))));
        UnorderedList sums = new UnorderedList();
        reach.totals().forEach(total -> sums.add(new ListItem(sentence(total))));
        if (reach.taken() > 0) {
            sums.add(new ListItem(translate("reach.taken", reach.taken())));
        }
        add(reach.lines().isEmpty() ? new Paragraph(nobody) : sums);
        if (reach.lines().isEmpty() && reach.taken() > 0) {
            add(sums);
        }
        List<ReachLine> largest = reach.largest(SHOWN).stream().filter(line -> !line.difference().isZero()).toList();
        if (!largest.isEmpty()) {
            add(table(largest, services.accounts().byIds(actor, largest.stream().map(ReachLine::account).distinct().toList()), known));
        }
        if (!reach.lines().isEmpty()) {
            add(Csv.lines(translate("csv.download"), file, out -> services.lines().write(actor, reach, out)));
        }
    }

    private static String sentence(Total total) {
        String key = switch (total.how()) {
            case NEXT_CHANGE -> "reach.next";
            case KEEPS -> "reach.keeps";
            case STAYING -> "reach.staying";
            case MOVING -> "reach.moving";
            case STARTING -> "reach.starting";
        };
        return translate(key, total.accounts(), total.currency().getCurrencyCode(), Figures.money(total.mrrBefore()), Figures.money(total.mrrAfter()),
                Figures.signed(total.difference()));
    }

    private static DataTable table(List<ReachLine> largest, Map<AccountId, Account> owners, CatalogSnapshot known) {
        DataTable table = new DataTable(
                translate("reach.largest"), translate("account.name"), translate("plan.name"), translate("reach.before"), translate("reach.after"),
                translate("reach.difference"));
        largest.forEach(line -> table.row(
                Optional.ofNullable(owners.get(line.account())).map(Account::name).orElse(""),
                Optional.ofNullable(line.has()).map(has -> known.version(has).plan().name()).orElse("–") + standing(line), Figures.money(line.mrrBefore()),
                Figures.money(line.mrrAfter()), Figures.signed(line.difference())));
        return table.figuresFrom(2);
    }

    /** What is in no sum says why. */
    private static String standing(ReachLine line) {
        return line.standing() == null || line.revenue() ? "" : " (" + Words.of(line.standing()) + ")";
    }
}
