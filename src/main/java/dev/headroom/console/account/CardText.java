package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.account.PaymentMethod;
import java.util.Locale;

/** A card as people tell it from another. */
final class CardText {

    private CardText() {}

    /** Stripe writes brands small. */
    static String of(PaymentMethod card) {
        String brand = card.brand().substring(0, 1).toUpperCase(Locale.ROOT) + card.brand().substring(1);
        return translate("account.card.name", brand, card.last4());
    }
}
