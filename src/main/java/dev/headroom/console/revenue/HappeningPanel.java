package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.When;

/** What the vendor did in the range that may have moved revenue, newest first: what is marked below the pictures. */
final class HappeningPanel extends Div {

    private static final int SHOWN = 30;

    HappeningPanel(RevenueReading reading) {
        if (reading.happenings().isEmpty()) {
            add(new EmptyState(translate("revenue.happened.none"), translate("revenue.happened.none.why")));
            return;
        }
        DataTable table = new DataTable(translate("revenue.happened"), translate("revenue.what"), translate("revenue.on"));
        reading.happenings().stream().limit(SHOWN).forEach(each -> table.row(new Anchor(each.address(), each.what()), When.day(each.at(), reading.settings().zone())));
        add(table);
        if (reading.happenings().size() > SHOWN) {
            add(new Paragraph(translate("revenue.happened.more", reading.happenings().size() - SHOWN)));
        }
    }
}
