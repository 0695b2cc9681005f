package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.account.PaymentMethod;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.console.change.ChangeDialogs;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import jakarta.annotation.security.PermitAll;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One customer: what it bought, how much of it is used, what it may use, who it is, and what happened. */
@Route("accounts/:" + AccountView.KEY)
@PermitAll
class AccountView extends ConsolePage implements BeforeEnterObserver {

    static final String KEY = "account";
    private static final int MOST_HAPPENINGS = 50;

    private final SignedIn signedIn;
    private final AccountReadings readings;
    private final Timelines timelines;
    private final ChangeDialogs dialogs;
    private final InstantSource clock;
    private final Div content = new Div();
    private final Map<SubscriptionId, Button> changes = new HashMap<>();

    AccountView(SignedIn signedIn, AccountReadings readings, Timelines timelines, ChangeDialogs dialogs, InstantSource clock) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.timelines = timelines;
        this.dialogs = dialogs;
        this.clock = clock;
        above(translate("account.list.title"), AccountsView.class);
        content.addClassName("columns");
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            show(event.getRouteParameters().get(KEY).orElse(""));
        } catch (HeadroomException refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            event.rerouteToError(NotFoundException.class);
        }
    }

    private void show(String key) {
        AccountReading reading = readings.byKey(signedIn.actor(), key);
        Account account = reading.account();
        Span line = new Span(translate("account.line", account.key(), account.email(), account.currency().getCurrencyCode(), account.zone().getId()));
        line.addClassName("quiet");
        title(account.name(), states(reading), line);
        changes.clear();
        content.removeAll();
        content.add(mainColumn(reading), sideColumn(reading));
    }

    private static Component states(AccountReading reading) {
        Span states = new Span();
        reading.subscriptions().stream().map(AccountSubscription::state).distinct().map(Status::of).forEach(states::add);
        states.setVisible(states.getComponentCount() > 0);
        return states;
    }

    private Div mainColumn(AccountReading reading) {
        Div column = new Div(
                new Section(translate("account.subscriptions"), subscriptions(reading)),
                new Section(translate("account.usage"), meters(reading)));
        if (!reading.entitlements().isEmpty()) {
            column.add(new Section(translate("account.entitlements"), new EntitlementTable(reading)));
        }
        column.add(new Section(translate("account.members", reading.members().size()), new MemberTable(reading)));
        return column;
    }

    private Div sideColumn(AccountReading reading) {
        Div column = new Div(
                new Section(translate("account.card"), card(reading)),
                new Section(translate("account.timeline"), new Timeline(
                        timelines.ofAccount(signedIn.actor(), reading.account().id(), MOST_HAPPENINGS), reading, signedIn)));
        column.addClassName("side");
        return column;
    }

    private Component subscriptions(AccountReading reading) {
        if (reading.subscriptions().isEmpty()) {
            return new EmptyState(translate("subscription.none"), translate("subscription.none.why"));
        }
        Div cards = new Div();
        cards.addClassName("cards");
        reading.subscriptions().forEach(each -> cards.add(new SubscriptionCard(
                each, reading.catalog(), reading.seatsHeld().getOrDefault(each.id(), 0L), clock.instant(), reading.account().zone(),
                change(reading, each))));
        return cards;
    }

    private Button change(AccountReading reading, AccountSubscription subscription) {
        Button change = new Button(
                translate("change.open"),
                click -> dialogs.open(
                        signedIn, reading.account(), subscription, () -> show(reading.account().key()), () -> returnTo(subscription.id())));
        change.addThemeVariants(ButtonVariant.PRIMARY);
        change.setAriaLabel(translate("change.open.of", subscription.planVersion(reading.catalog()).plan().name()));
        changes.put(subscription.id(), change);
        return change;
    }

    /** To the button that opened the dialog, or the one that took its place when the page was shown anew. */
    private void returnTo(SubscriptionId subscription) {
        Optional.ofNullable(changes.get(subscription)).ifPresent(button -> button.getElement().executeJs("requestAnimationFrame(() => this.focus())"));
    }

    private static Component meters(AccountReading reading) {
        if (reading.counted().isEmpty()) {
            return new EmptyState(translate("meter.none"), translate("meter.none.why"));
        }
        Div meters = new Div();
        meters.addClassName("meters");
        reading.counted().forEach(each -> meters.add(new Meter(each, reading.account().zone())));
        return meters;
    }

    private static Component card(AccountReading reading) {
        return reading.cards().stream()
                .filter(PaymentMethod::preferred)
                .findFirst()
                .<Component>map(card -> new Span(translate(
                        "account.card.saved", CardText.of(card), String.valueOf(card.expiresMonth()), String.valueOf(card.expiresYear()))))
                .orElseGet(() -> new Span(translate("account.card.none")));
    }
}
