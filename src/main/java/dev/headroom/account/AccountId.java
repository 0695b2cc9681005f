package dev.headroom.account;

import java.util.UUID;

/** Our identifier of an account; the vendor's own is {@link Account#key()}. */
public record AccountId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
