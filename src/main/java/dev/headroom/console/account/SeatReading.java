package dev.headroom.console.account;

import dev.headroom.account.Member;
import dev.headroom.account.MemberState;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats.Holder;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who holds the seats of a subscription.
 *
 * @param members  by id
 * @param excess   how many are held beyond what was bought
 * @param inactive whom to ask first for a seat: as many as are held too many, within bounds
 */
record SeatReading(AccountSubscription subscription, List<Holder> holders, Map<UUID, Member> members, long excess, List<Member> inactive) {

    static final int MOST_SUGGESTED = 5;

    long pending() {
        return members.values().stream().filter(member -> member.state() == MemberState.INVITED).count();
    }
}
