package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.Approvals.Need;
import dev.headroom.approval.RequestApprovalResult;
import dev.headroom.approval.RequestApprovalResult.ApprovalNotNeeded;
import dev.headroom.approval.RequestApprovalResult.ApprovalPending;
import dev.headroom.approval.RequestApprovalResult.ApprovalRequested;
import dev.headroom.approval.RequestApprovalResult.NotQuoted;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.approval.ReasonText;
import java.time.ZoneId;

/** What is said in the dialog where somebody has to agree to what it shows. */
final class Agreement {

    private Agreement() {}

    static Notice of(Need need, CatalogSnapshot catalog) {
        ApprovalRequest request = need.request();
        Notice notice = need.required()
                ? new Notice(Notice.Kind.INFO, translate("change.approval"), translate(request == null ? "change.approval.needed" : "change.approval.waits"))
                : new Notice(Notice.Kind.SUCCESS, translate("change.approval.given"), translate("change.approval.given.why"));
        notice.say(ReasonText.list(need.reasons(), catalog));
        if (request != null) {
            notice.say(link(request));
        }
        return notice;
    }

    static Notice of(RequestApprovalResult result, ZoneId zone) {
        return switch (result) {
            case ApprovalRequested(var request) -> linked(Notice.Kind.SUCCESS, "change.approval.asked", "change.approval.asked.why", request);
            case ApprovalPending(var request) -> linked(Notice.Kind.INFO, "change.approval.pending", "change.approval.pending.why", request);
            case ApprovalNotNeeded _ -> new Notice(Notice.Kind.INFO, translate("change.approval.not.needed"), translate("change.approval.not.needed.why"));
            case NotQuoted(var why) -> new Notice(Notice.Kind.INFO, translate("change.refused"), RefusalText.of(why, zone));
        };
    }

    private static Notice linked(Notice.Kind kind, String headline, String meaning, ApprovalRequest request) {
        Notice notice = new Notice(kind, translate(headline), translate(meaning));
        notice.say(link(request));
        return notice;
    }

    private static Anchor link(ApprovalRequest request) {
        return new Anchor("approvals/" + request.id(), translate("change.approval.see"));
    }
}
