package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A gate that some of all accounts have. Which ones follows from the ids alone: the first four bytes of the SHA-256 over the 16 bytes of
 * the feature's id and the 16 of the account's, as an unsigned number, modulo 100, are below the percentage. So whoever is in stays in while
 * it grows, and each feature has its own first ones.
 *
 * @param percent 0 to 100
 */
record RollOut(FeatureId feature, int percent, String setBy, Instant setAt) {

    private static final int WHOLE = 100;

    boolean includes(AccountId account) {
        return place(feature.value(), account.value()) < percent;
    }

    private static int place(UUID feature, UUID account) {
        ByteBuffer ids = ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(feature.getMostSignificantBits())
                .putLong(feature.getLeastSignificantBits())
                .putLong(account.getMostSignificantBits())
                .putLong(account.getLeastSignificantBits());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(ids.array());
            return Integer.remainderUnsigned(ByteBuffer.wrap(digest).getInt(), WHOLE);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
