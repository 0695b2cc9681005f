package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.datepicker.DatePicker;
import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.console.FormDialog;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;

/** Notes what a contract says: until which day nothing of a subscription may become less. */
final class CommitmentDialog {

    private final Account account;
    private final AccountSubscription subscription;
    private final Subscriptions subscriptions;
    private final DatePicker last = new DatePicker(translate("commitment.last"));

    CommitmentDialog(Account account, AccountSubscription subscription, Subscriptions subscriptions) {
        this.account = account;
        this.subscription = subscription;
        this.subscriptions = subscriptions;
        Instant until = subscription.collection().committedUntil();
        if (until != null) {
            last.setValue(until.minusNanos(1).atZone(account.zone()).toLocalDate());
        }
        last.setClearButtonVisible(true);
        last.setHelperText(translate("commitment.hint"));
    }

    void open(Actor actor, Runnable changed) {
        new FormDialog(translate("commitment.title"), translate("commitment.note"), () -> {
            Instant until = last.getOptionalValue().map(day -> day.plusDays(1).atStartOfDay(account.zone()).toInstant()).orElse(null);
            subscriptions.commit(actor, account.id(), subscription.id(), until);
            changed.run();
        }, last).open();
    }
}
