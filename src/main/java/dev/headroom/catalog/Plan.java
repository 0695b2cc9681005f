package dev.headroom.catalog;

import dev.headroom.error.HeadroomException;
import dev.headroom.sheet.Visibility;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is sold of a product, in versions: a tier, or an add-on beside one.
 *
 * @param rank       higher is more; of add-ons the order in which they are shown
 * @param visibility who of those who may have it is shown it while it is on sale
 * @param own        whose it is alone; absent where every account may have it
 */
public record Plan(PlanId id, ProductId product, String key, String name, String description, int rank, Kind kind, Visibility visibility, @Nullable OwnPrice own) {

    /** A subscription is of one tier, and holds any number of add-ons. */
    public enum Kind {
        TIER("plan"),
        /** Adds what it grants to what the tier grants, as often as it was bought. */
        ADD_ON("addOn");

        private final String subject;

        Kind(String subject) {
            this.subject = subject;
        }

        /** What entries of the audit log call it. */
        public String subject() {
            return subject;
        }
    }

    /**
     * That what is sold is one account's alone, at prices that were agreed with it: nobody else has, is shown, or knows of it.
     *
     * @param account   which alone may have it
     * @param insteadOf the plan or add-on in whose place the account is shown it, and whose rules hold for it
     */
    public record OwnPrice(UUID account, PlanId insteadOf) {}

    /** Whether every account is shown it, and proposed it. */
    public boolean listed() {
        return open() && own == null;
    }

    /** Whether all who may have it are shown it, and not only sold it by its key. */
    public boolean open() {
        return visibility == Visibility.PUBLIC;
    }

    /** Whether an account may have it, and know of it. */
    public boolean isFor(UUID account) {
        return own == null || own.account().equals(account);
    }

    /** What a rule that names a plan or add-on names, where it means this one: of an account's own price what it stands in the place of. */
    public PlanId ruled() {
        return own == null ? id : own.insteadOf();
    }

    /** @throws HeadroomException INVALID_INPUT where it is one account's own, of which others would learn */
    public Plan requireForAll(String field) {
        if (own != null) {
            throw HeadroomException.invalid(field, "\"" + key + "\" is the own price of one account; name the plan or add-on in whose place it is");
        }
        return this;
    }

    public boolean tier() {
        return kind == Kind.TIER;
    }
}
