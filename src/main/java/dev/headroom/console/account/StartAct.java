package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import dev.headroom.actor.Permission;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.StartDialogs;
import org.jspecify.annotations.Nullable;

/** The button that starts a subscription, where there is something left to start, and the way back to it when its dialog is closed. */
final class StartAct {

    private final SignedIn signedIn;
    private final StartDialogs dialogs;
    private @Nullable Button shown;

    StartAct(SignedIn signedIn, StartDialogs dialogs) {
        this.signedIn = signedIn;
        this.dialogs = dialogs;
    }

    /** @param changed runs when the page is to be shown anew, with a button that takes the place of this one */
    Component[] of(AccountReading reading, Runnable changed) {
        shown = null;
        if (!signedIn.may(Permission.QUOTE) || !dialogs.possible(reading.account(), reading.subscriptions())) {
            return new Component[0];
        }
        Button start = new Button(translate("start.open"), click -> dialogs.open(signedIn, reading.account(), changed, this::returnTo));
        if (reading.subscriptions().isEmpty()) {
            start.addThemeVariants(ButtonVariant.PRIMARY);
        }
        shown = start;
        return new Component[] {start};
    }

    private void returnTo() {
        if (shown != null) {
            shown.getElement().executeJs("requestAnimationFrame(() => this.focus())");
        }
    }
}
