package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.DataTable;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.change.TermsText;
import java.time.ZoneId;
import java.util.List;

/** A few requests of one account, each a link to its page. */
public final class RequestTable {

    private RequestTable() {}

    public static DataTable of(List<ApprovalRequest> requests, CatalogSnapshot catalog, ZoneId zone) {
        DataTable table = new DataTable(translate("approval.open"), translate("approval.asked"), translate("approval.at"), translate("approval.until"), translate("approval.state"));
        requests.forEach(request -> table.row(
                new Anchor("approvals/" + request.id(), TermsText.of(request.asked().shown().to(), catalog)), When.day(request.askedAt(), zone),
                When.day(request.expiresAt(), zone), Status.of(request.state())));
        return table;
    }
}
