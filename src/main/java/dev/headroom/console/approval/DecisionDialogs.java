package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.account.Account;
import dev.headroom.approval.ApprovalDecisions;
import dev.headroom.approval.ApprovalDecisions.DecideApproval;
import dev.headroom.approval.ApprovalDecisions.Verdict;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.DecideApprovalResult;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.id.Ids;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Approve, refuse, or agree to something else: always with the price in sight, and a word for whoever asked. */
final class DecisionDialogs {

    private static final int PATIENCE_MILLIS = 300;

    private final SignedIn signedIn;
    private final ApprovalDecisions decisions;
    private final CatalogSnapshot catalog;
    private final Account account;
    private final ApprovalRequest request;
    private final Consumer<DecideApprovalResult> decided;

    DecisionDialogs(
            SignedIn signedIn, ApprovalDecisions decisions, CatalogSnapshot catalog, Account account, ApprovalRequest request,
            Consumer<DecideApprovalResult> decided) {
        this.signedIn = signedIn;
        this.decisions = decisions;
        this.catalog = catalog;
        this.account = account;
        this.request = request;
        this.decided = decided;
    }

    void approve() {
        TextField comment = comment();
        PricePreview preview = new PricePreview(catalog, account.zone());
        preview.show(() -> decisions.preview(signedIn.actor(), request, null, request.asked().discount()));
        String key = Ids.next().toString();
        new FormDialog(translate("approval.approve.title", account.name()), translate("approval.approve"),
                () -> decide(key, Verdict.APPROVE, comment, null, null), comment, preview)
                .with("input.comment", comment).open();
    }

    void reject() {
        TextField comment = comment();
        String key = Ids.next().toString();
        new FormDialog(translate("approval.reject.title", account.name()), translate("approval.reject"),
                () -> decide(key, Verdict.REJECT, comment, null, null), new Paragraph(translate("approval.reject.meaning")), comment)
                .with("input.comment", comment).open();
    }

    void counter() {
        TextField comment = comment();
        TextField seats = seats();
        PricePreview preview = new PricePreview(catalog, account.zone());
        Runnable[] again = {() -> {}};
        DiscountFields discount = new DiscountFields(request.asked().discount(), () -> again[0].run());
        again[0] = () -> preview.show(() -> decisions.preview(signedIn.actor(), request, change(seats), discount.wanted().orElse(null)));
        seats.addValueChangeListener(change -> again[0].run());
        again[0].run();
        String key = Ids.next().toString();
        discount.in(new FormDialog(translate("approval.counter.title", account.name()), translate("approval.counter"),
                () -> decide(key, Verdict.COUNTER, comment, change(seats), discount), seats, discount, comment, preview)
                .with("input.comment", comment).with("change.seats", seats)).open();
    }

    private TextField comment() {
        TextField comment = new TextField(translate("approval.comment"));
        comment.setHelperText(translate("approval.comment.hint"));
        comment.setWidthFull();
        return comment;
    }

    /** Not where the plan has one price whatever the number. */
    private TextField seats() {
        ItemTerms plan = request.asked().shown().to().plan(catalog);
        TextField seats = new TextField(translate("change.seats"));
        seats.setAllowedCharPattern("[0-9]");
        seats.setValueChangeMode(ValueChangeMode.LAZY);
        seats.setValueChangeTimeout(PATIENCE_MILLIS);
        seats.setVisible(!request.asked().shown().ends() && !(catalog.price(plan.price()).price().model() instanceof ChargeModel.Flat));
        seats.setValue(String.valueOf(plan.quantity()));
        return seats;
    }

    /** Whoever wants to leave may be offered something for staying. */
    private RequestedChange change(TextField seats) {
        RequestedChange asked = request.asked().change();
        if (request.asked().shown().ends()) {
            return new RequestedChange(asked.product(), null, null, null);
        }
        String text = seats.getValue().strip();
        boolean same = text.equals(String.valueOf(request.asked().shown().to().plan(catalog).quantity()));
        return !seats.isVisible() || same || text.isEmpty() || text.length() > 9 ? asked : asked.ofSeats(Long.parseLong(text));
    }

    private void decide(String key, Verdict verdict, TextField comment, @Nullable RequestedChange change, @Nullable DiscountFields discount) {
        decided.accept(decisions.decide(signedIn.actor(), new DecideApproval(
                key, request.id(), request.version(), verdict, comment.getValue(), change, discount == null ? null : discount.wanted().orElse(null))));
    }
}
