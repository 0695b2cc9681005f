package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.approval.NegotiatedDiscount;
import dev.headroom.console.Figures;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** By how much and for how long, in a line. */
final class DiscountText {

    private DiscountText() {}

    static String of(@Nullable NegotiatedDiscount discount) {
        if (discount == null) {
            return translate("approval.discount.none");
        }
        String off = switch (discount.reduction()) {
            case PercentOff(BigDecimal percent) -> Figures.percent(percent);
            case AmountOff(Money amount) -> Figures.money(amount);
        };
        return switch (discount.term()) {
            case Term.Once _ -> translate("approval.discount.once", off);
            case Term.Repeating(int months) -> translate("approval.discount.months", off, months);
            case Term.Forever _ -> translate("approval.discount.forever", off);
        };
    }
}
