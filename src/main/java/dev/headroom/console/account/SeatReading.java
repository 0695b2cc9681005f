package dev.headroom.console.account;

import dev.headroom.account.Member;
import dev.headroom.account.MemberState;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats.Holder;
import dev.headroom.subscription.Seats.SeatExpansion;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the seats of a subscription.
 *
 * @param members  by id
 * @param excess   how many are held beyond what was bought
 * @param inactive whom to ask first for a seat: as many as are held too many, within bounds
 * @param expansion up to how many are bought as they are given; absent where nobody has agreed to that
 */
record SeatReading(AccountSubscription subscription, List<Holder> holders, Map<UUID, Member> members, long excess, List<Member> inactive,
        @Nullable SeatExpansion expansion) {

    static final int MOST_SUGGESTED = 5;

    /** Whether no more can be given than are held. */
    boolean full(@Nullable Long bought) {
        return bought != null && holders.size() >= Math.max(bought, expansion == null ? 0 : expansion.most());
    }

    long pending() {
        return members.values().stream().filter(member -> member.state() == MemberState.INVITED).count();
    }
}
