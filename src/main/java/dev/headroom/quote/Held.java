package dev.headroom.quote;

import dev.headroom.preview.Drift.Cause;
import dev.headroom.preview.Drift.Compared;
import dev.headroom.preview.Drift.Difference;
import dev.headroom.preview.Preview;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One invoice as we reckon it, held against what Stripe would bill. Taxes are no difference, for we reckon none: lines that come to as much as
 * Stripe's stay ours, with their arithmetic.
 */
record Held(Invoice reckoned, Preview told) {

    private boolean linesAgree() {
        return reckoned.net().equals(told.net());
    }

    private boolean balanceAgrees() {
        return reckoned.balance().equals(told.balance());
    }

    boolean agrees() {
        return linesAgree() && balanceAgrees();
    }

    /** What is promised: what Stripe would bill. */
    Invoice invoice() {
        return linesAgree() ? told.invoice(reckoned.at(), reckoned.lines()) : told.invoice(reckoned.at());
    }

    Difference difference(UUID quote, Compared which, AccountSubscription subscription) {
        List<Cause> why = Stream.of(Cause.values())
                .filter(cause -> switch (cause) {
                    case ITEM_DISCOUNT -> subscription.unreckoned().contains(Unreckoned.ITEM_DISCOUNT);
                    case CUSTOMER_DISCOUNT -> subscription.unreckoned().contains(Unreckoned.CUSTOMER_DISCOUNT);
                    case WAITING -> told.lines().stream().anyMatch(line -> line.kind() == InvoiceLine.Kind.WAITING);
                    case BALANCE -> !balanceAgrees();
                })
                .toList();
        return new Difference(quote, which, reckoned.net().plus(reckoned.balance()), told.net().plus(told.balance()), why);
    }
}
