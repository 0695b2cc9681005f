package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.Offer;
import dev.headroom.console.Figures;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.math.BigDecimal;

/** An offer in words. */
public final class OfferText {

    private OfferText() {}

    /** For machines. */
    static String lasting(Term term) {
        return switch (term) {
            case Term.Once _ -> "once";
            case Term.Repeating(int months) -> months + " months";
            case Term.Forever _ -> "forever";
        };
    }

    /** By how much and for how long, in a line. */
    public static String discount(Offer offer) {
        String off = switch (offer.reduction()) {
            case PercentOff(BigDecimal percent) -> Figures.percent(percent);
            case AmountOff(Money amount) -> Figures.money(amount);
        };
        return switch (offer.term()) {
            case Term.Once _ -> translate("approval.discount.once", off);
            case Term.Repeating(int months) -> translate("approval.discount.months", off, months);
            case Term.Forever _ -> translate("approval.discount.forever", off);
        };
    }
}
