package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Price;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Which prices bill what was used past a limit of ours. What a price bills never changes at Stripe, so each is read once. */
@Component
class OveragePriceGateway {

    private static final int NONE = 0;

    private final StripeClient stripe;
    private final Map<String, Integer> known = new ConcurrentHashMap<>();

    OveragePriceGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    /** Months that one of its periods has; empty for a price that bills something else. */
    OptionalInt months(String price) {
        Integer months = known.get(price);
        if (months == null) {
            months = months(call(() -> stripe.v1().prices().retrieve(price)));
            known.put(price, months);
        }
        return months == NONE ? OptionalInt.empty() : OptionalInt.of(months);
    }

    private static int months(Price price) {
        Price.Recurring recurring = price.getRecurring();
        if (recurring == null || !price.getMetadata().containsKey(StripeMeterGateway.OVERAGE)) {
            return NONE;
        }
        return Math.toIntExact(recurring.getIntervalCount()) * switch (recurring.getInterval()) {
            case "month" -> 1;
            case "year" -> 12;
            case String other -> throw new IllegalStateException("Use past limits is billed by the month or the year, and not by the " + other);
        };
    }
}
