package dev.headroom.account;

import org.jspecify.annotations.Nullable;

/** Asks for a new member; {@code key} is the vendor's own identifier of the user. */
public record AddMember(
        String idempotencyKey, @Nullable String account, String key, String email, String name, @Nullable MemberState state) {}
