package dev.headroom.approval;

import dev.headroom.money.Money;
import dev.headroom.policy.TransitionRule;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One rule that a change is beyond, or that wants it to be approved of.
 *
 * @param asked how much of it is wanted: seats, minor units a month, or percent; absent where the rule has no bound
 * @param above the bound, in the same unit
 * @param of    the currency, the key of the plan, or what the vendor's policy speaks of
 * @param transitionRule of the vendor's policy, as it was when it was asked for
 */
public record ApprovalReason(
        Rule rule, @Nullable BigDecimal asked, @Nullable BigDecimal above, @Nullable String of, @Nullable TransitionRule transitionRule) {

    /** What makes a change need approval. */
    public enum Rule {
        /** More seats than are sold without. */
        SEATS,
        /** More recurring revenue a month than is sold without. */
        RECURRING,
        /** A greater discount than is given without. */
        DISCOUNT,
        /** The plan or add-on is sold by approval only. */
        PLAN,
        /** A discount that is not on offer. */
        NEGOTIATED,
        /** The vendor's policy wants changes of this kind to be approved of. */
        TRANSITION
    }

    private ApprovalReason(Rule rule, @Nullable BigDecimal asked, @Nullable BigDecimal above, @Nullable String of) {
        this(rule, asked, above, of, null);
    }

    static ApprovalReason of(Rule rule) {
        return new ApprovalReason(rule, null, null, null);
    }

    static ApprovalReason seats(long asked, long above) {
        return new ApprovalReason(Rule.SEATS, BigDecimal.valueOf(asked), BigDecimal.valueOf(above), null);
    }

    static ApprovalReason recurring(Money asked, Money above) {
        return new ApprovalReason(Rule.RECURRING, BigDecimal.valueOf(asked.minor()), BigDecimal.valueOf(above.minor()), asked.currency().getCurrencyCode());
    }

    static ApprovalReason discount(BigDecimal asked, BigDecimal above) {
        return new ApprovalReason(Rule.DISCOUNT, asked, above, null);
    }

    static ApprovalReason plan(String key) {
        return new ApprovalReason(Rule.PLAN, null, null, key);
    }

    /** @param what it speaks of, for people, in English */
    static ApprovalReason transition(TransitionRule rule, String what) {
        return new ApprovalReason(Rule.TRANSITION, null, null, what, rule);
    }

    /** An amount of {@link Rule#RECURRING}. */
    public Money money(BigDecimal minor) {
        return new Money(minor.longValueExact(), Currency.getInstance(Objects.requireNonNull(of)));
    }

    /** For people, in English. */
    public String text() {
        return switch (rule) {
            case SEATS -> asked + " seats; more than " + above + " need approval";
            case RECURRING -> money(Objects.requireNonNull(asked)) + " a month; more than " + money(Objects.requireNonNull(above)) + " needs approval";
            case DISCOUNT -> Objects.requireNonNull(asked).toPlainString() + " percent off; more than " + Objects.requireNonNull(above).toPlainString() + " percent needs approval";
            case PLAN -> "\"" + of + "\" is sold by approval only";
            case NEGOTIATED -> "The discount is not on offer";
            case TRANSITION -> "The vendor's policy lets somebody approve of " + of + " first";
        };
    }
}
