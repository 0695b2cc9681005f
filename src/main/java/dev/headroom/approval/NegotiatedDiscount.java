package dev.headroom.approval;

import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;

/** A discount that is not on offer, as somebody wishes it or as it was agreed. */
public record NegotiatedDiscount(Reduction reduction, Term term) {

    /** For how long it reduces what is billed. */
    public enum Lasting {
        ONCE,
        MONTHS,
        FOREVER;

        static Lasting of(Term term) {
            return switch (term) {
                case Term.Once _ -> ONCE;
                case Term.Repeating _ -> MONTHS;
                case Term.Forever _ -> FOREVER;
            };
        }
    }

    public Lasting lasting() {
        return Lasting.of(term);
    }
}
