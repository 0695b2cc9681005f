package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.account.PaymentMethod;
import dev.headroom.actor.Permission;
import dev.headroom.console.Sentences;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;
import dev.headroom.payment.Cards;
import dev.headroom.payment.PaymentMethodResult.LastPaymentMethod;
import dev.headroom.payment.PaymentMethodResult.PaymentMethodPreferred;
import dev.headroom.payment.PaymentMethodResult.PaymentMethodRemoved;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cards of an account: which is charged, which ends soon, and what can be done with each. */
final class CardPanel extends Div {

    private final AccountReading reading;
    private final SignedIn signedIn;
    private final Cards cards;
    private final Instant now;
    private final Runnable changed;
    private final Paragraph refusal = new Paragraph();

    CardPanel(AccountReading reading, SignedIn signedIn, Cards cards, Instant now, Runnable changed) {
        this.reading = reading;
        this.signedIn = signedIn;
        this.cards = cards;
        this.now = now;
        this.changed = changed;
        refusal.getElement().setAttribute("role", "alert");
        refusal.setVisible(false);
        UnorderedList list = new UnorderedList();
        list.addClassName("card-list");
        reading.cards().forEach(card -> list.add(new ListItem(shown(card))));
        add(reading.cards().isEmpty() ? new Span(translate("account.card.none")) : list, refusal);
    }

    private Component shown(PaymentMethod card) {
        Div said = new Div(new Span(translate(
                "account.card.saved", CardText.of(card), String.valueOf(card.expiresMonth()), String.valueOf(card.expiresYear()))));
        said.addClassName("beside");
        Div line = new Div(said);
        if (card.preferred()) {
            said.add(badge(translate("account.card.preferred"), BadgeVariant.SUCCESS));
        }
        switch (card.expiry(now, reading.account().zone())) {
            case VALID -> { }
            case SOON -> said.add(badge(Words.of(PaymentMethod.Expiry.SOON), BadgeVariant.WARNING));
            case EXPIRED -> said.add(badge(Words.of(PaymentMethod.Expiry.EXPIRED), BadgeVariant.ERROR));
        }
        if (signedIn.may(Permission.CHANGE)) {
            line.add(acts(card));
        }
        line.addClassName("stacked");
        return line;
    }

    private static Badge badge(String text, BadgeVariant variant) {
        Badge badge = new Badge(text);
        badge.addThemeVariants(variant);
        return badge;
    }

    private Component acts(PaymentMethod card) {
        Div acts = new Div();
        acts.addClassName("acts");
        String key = reading.account().key();
        String id = card.id().toString();
        if (!card.preferred()) {
            acts.add(button("account.card.prefer", card, () -> {
                PaymentMethodPreferred _ = cards.prefer(signedIn.actor(), key, id);
                return null;
            }));
        }
        acts.add(button("account.card.remove", card, () -> switch (cards.remove(signedIn.actor(), key, id)) {
            case PaymentMethodRemoved _, PaymentMethodPreferred _ -> null;
            case LastPaymentMethod(var needing) -> translate("account.card.last", needing.planVersion(reading.catalog()).plan().name());
        }));
        return acts;
    }

    /** @param act does it, or says why not */
    private Button button(String key, PaymentMethod card, Supplier<@Nullable String> act) {
        Button button = new Button(translate(key));
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(translate(key) + ": " + CardText.of(card));
        button.addClickListener(click -> tell(act));
        return button;
    }

    private void tell(Supplier<@Nullable String> act) {
        try {
            String why = act.get();
            if (why == null) {
                changed.run();
            } else {
                refuse(why);
            }
        } catch (HeadroomException refused) {
            refuse(Sentences.of(refused.getMessage()));
        }
    }

    private void refuse(String why) {
        refusal.setText(why);
        refusal.setVisible(true);
    }
}
