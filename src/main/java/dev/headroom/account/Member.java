package dev.headroom.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user of an account, who may hold a seat.
 *
 * @param key the vendor's own identifier of the user, unique in the account
 * @param erasedAt since when key, e-mail and name are only stand-ins
 */
public record Member(
        AccountId account, UUID id, String key, String email, String name, MemberState state, Instant createdAt,
        @Nullable Instant lastActiveAt, @Nullable Instant erasedAt) {

    /** The domain can never receive a message (RFC 2606), and no two are called alike. */
    Member erased(Instant at) {
        return new Member(account, id, "erased:" + id, id + "@erased.invalid", "Erased person", state, createdAt, null, at);
    }

    Member active(Instant at) {
        return new Member(account, id, key, email, name, MemberState.ACTIVE, createdAt, at, erasedAt);
    }

    /** What an audit entry says of somebody: nothing that would have to be erased one day. */
    Standing standing() {
        return new Standing(state, erasedAt);
    }

    record Standing(MemberState state, @Nullable Instant erasedAt) {}
}
