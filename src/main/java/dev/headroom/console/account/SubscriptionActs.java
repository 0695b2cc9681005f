package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.ChangeDialogs;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be done with a subscription, as the buttons of its card, and the way back to them when what they opened is closed. */
final class SubscriptionActs {

    private final SignedIn signedIn;
    private final ChangeDialogs dialogs;
    private final Map<Key, Button> shown = new HashMap<>();

    private enum Act {
        CHANGE,
        END
    }

    private record Key(SubscriptionId subscription, Act act) {}

    SubscriptionActs(SignedIn signedIn, ChangeDialogs dialogs) {
        this.signedIn = signedIn;
        this.dialogs = dialogs;
    }

    /** @param changed runs when the page is to be shown anew, with buttons that take the place of these */
    List<Component> of(AccountReading reading, AccountSubscription subscription, Runnable changed) {
        return List.of(change(reading, subscription, changed), compare(reading, subscription), end(reading, subscription, changed));
    }

    private Button change(AccountReading reading, AccountSubscription subscription, Runnable changed) {
        Key key = new Key(subscription.id(), Act.CHANGE);
        Button change = new Button(
                translate("change.open"), click -> dialogs.open(signedIn, reading.account(), subscription, changed, () -> returnTo(key)));
        change.addThemeVariants(ButtonVariant.PRIMARY);
        change.setAriaLabel(translate("change.open.of", subscription.planVersion(reading.catalog()).plan().name()));
        shown.put(key, change);
        return change;
    }

    private static Anchor compare(AccountReading reading, AccountSubscription subscription) {
        String plan = subscription.planVersion(reading.catalog()).plan().name();
        Anchor compare = new Anchor(
                "accounts/" + reading.account().key() + "/alternatives/" + reading.catalog().product(subscription.product()).key(), translate("alternative.open"));
        compare.setAriaLabel(translate("alternative.open.of", plan));
        return compare;
    }

    private Button end(AccountReading reading, AccountSubscription subscription, Runnable changed) {
        Key key = new Key(subscription.id(), Act.END);
        String plan = subscription.planVersion(reading.catalog()).plan().name();
        boolean ends = subscription.renews();
        Button end = new Button(
                translate(ends ? "change.end" : "change.go.on.open"),
                click -> dialogs.openEnd(signedIn, reading.account(), subscription, changed, () -> returnTo(key)));
        end.addThemeVariants(ButtonVariant.TERTIARY);
        end.setAriaLabel(translate(ends ? "change.end.of" : "change.go.on.of", plan));
        shown.put(key, end);
        return end;
    }

    /** To the button that opened the dialog, or the one that took its place when the page was shown anew. */
    private void returnTo(Key key) {
        Optional.ofNullable(shown.get(key)).ifPresent(button -> button.getElement().executeJs("requestAnimationFrame(() => this.focus())"));
    }
}
