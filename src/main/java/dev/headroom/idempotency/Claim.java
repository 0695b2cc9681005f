package dev.headroom.idempotency;

import java.util.UUID;

/** What an idempotency key turned out to be: new, or the repetition of a command that took effect. */
public sealed interface Claim {

    /** The key is now taken; the caller goes on and makes the thing with the id it claimed. */
    record First() implements Claim {}

    /** @param result the id of what the first command made */
    record Repeat(UUID result) implements Claim {}
}
