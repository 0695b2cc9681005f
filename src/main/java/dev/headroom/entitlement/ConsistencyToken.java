package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.error.HeadroomException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * What an account may use, at least as new as when this was given: sent with a question, no node answers from older memory.
 *
 * @param version of the account's terms
 */
record ConsistencyToken(AccountId account, long version) {

    private static final int BYTES = 24;

    /** Opaque to callers. */
    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(account.value().getMostSignificantBits())
                .putLong(account.value().getLeastSignificantBits())
                .putLong(version);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws HeadroomException INVALID_INPUT for what is no token */
    static ConsistencyToken parse(String field, String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == BYTES) {
                ByteBuffer read = ByteBuffer.wrap(bytes);
                return new ConsistencyToken(new AccountId(new UUID(read.getLong(), read.getLong())), read.getLong());
            }
        } catch (IllegalArgumentException malformed) {
            // The same answer as for any other text.
        }
        throw HeadroomException.invalid(field, "Not a token that a change of this account answered with");
    }
}
