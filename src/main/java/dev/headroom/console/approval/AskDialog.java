package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.approval.ApprovalRequests.RequestApproval;
import dev.headroom.approval.RequestApprovalResult;
import dev.headroom.console.FormDialog;
import dev.headroom.id.Ids;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.RequestedChange;
import java.util.function.Consumer;

/** Asks for approval of what a quote shows, perhaps with a discount that is not on offer. */
public final class AskDialog {

    private AskDialog() {}

    /** @param asked is told what came of it */
    public static void open(Actor actor, Quote quote, ApprovalRequests requests, Consumer<RequestApprovalResult> asked) {
        TextField reason = new TextField(translate("approval.reason"));
        reason.setHelperText(translate("approval.reason.hint"));
        reason.setWidthFull();
        DiscountFields discount = new DiscountFields(null, () -> {});
        // An offer that is taken already leaves no room for another discount, nor does an end.
        boolean buys = quote.subscription().renews() == quote.target().renews();
        discount.setVisible(buys && quote.target().taking().isEmpty());
        String key = Ids.next().toString();
        AccountId account = quote.account();
        discount.in(new FormDialog(translate("approval.ask.title"), translate("approval.ask"),
                () -> asked.accept(requests.ask(
                        actor, account, new RequestApproval(key, quote.token(), null, discount.wanted().orElse(null), reason.getValue()))),
                reason, new Div(discount)).with("input.reason", reason)).open();
    }
}
