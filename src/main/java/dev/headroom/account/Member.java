package dev.headroom.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user of an account, who may hold a seat.
 *
 * @param key the vendor's own identifier of the user, unique in the account
 */
public record Member(
        AccountId account, UUID id, String key, String email, String name, MemberState state, Instant createdAt,
        @Nullable Instant lastActiveAt) {}
