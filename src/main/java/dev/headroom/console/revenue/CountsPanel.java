package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import dev.headroom.console.DataTable;

/** What counts as recurring revenue, and as how much: the rules behind every figure, to be read beside them. */
final class CountsPanel extends Details {

    CountsPanel() {
        setSummaryText(translate("revenue.counts"));
        DataTable table = new DataTable(translate("revenue.counts"), translate("revenue.counts.what"), translate("revenue.counts.as"));
        table.row(translate("revenue.counts.month"), translate("revenue.counts.month.as"));
        table.row(translate("revenue.counts.year"), translate("revenue.counts.year.as"));
        table.row(translate("revenue.counts.discount"), translate("revenue.counts.discount.as"));
        table.row(translate("revenue.counts.free"), translate("revenue.counts.free.as"));
        table.row(translate("revenue.counts.due"), translate("revenue.counts.due.as"));
        table.row(translate("revenue.counts.uncollectible"), translate("revenue.counts.uncollectible.as"));
        table.row(translate("revenue.counts.paused"), translate("revenue.counts.paused.as"));
        table.row(translate("revenue.counts.waiting"), translate("revenue.counts.waiting.as"));
        table.row(translate("revenue.counts.canceled"), translate("revenue.counts.canceled.as"));
        table.row(translate("revenue.counts.use"), translate("revenue.counts.use.as"));
        table.row(translate("revenue.counts.refund"), translate("revenue.counts.refund.as"));
        add(table);
        addClassName("how");
    }
}
