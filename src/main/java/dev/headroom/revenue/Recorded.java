package dev.headroom.revenue;

import dev.headroom.invoice.UsageBilled;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Something that was recorded of a subscription, and that the ledger is made of. */
sealed interface Recorded {

    UUID id();

    Instant at();

    SubscriptionId subscription();

    /** As what was recorded of its subscription. */
    Fact fact();

    /** What recurs, or how it stands, is something else. */
    record Changed(Fact fact) implements Recorded {
        @Override
        public UUID id() {
            return fact.id();
        }

        @Override
        public Instant at() {
            return fact.at();
        }

        @Override
        public SubscriptionId subscription() {
            return fact.subscription();
        }
    }

    /** Use past limits brings something else. */
    record Used(UsageBilled billed) implements Recorded {
        @Override
        public UUID id() {
            return billed.id();
        }

        @Override
        public Instant at() {
            return billed.at();
        }

        @Override
        public SubscriptionId subscription() {
            return billed.subscription();
        }

        @Override
        public Fact fact() {
            return Ledger.fact(billed, BigDecimal.ZERO);
        }
    }

    /** In the order of time; at the same instant a subscription changes before what that does to use. */
    static List<Recorded> inOrder(List<Fact> changes, List<UsageBilled> usage) {
        return Stream.<Recorded>concat(changes.stream().map(Changed::new), usage.stream().map(Used::new)).sorted(Comparator.comparing(Recorded::at)).toList();
    }
}
