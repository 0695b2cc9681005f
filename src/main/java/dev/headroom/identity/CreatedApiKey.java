package dev.headroom.identity;

/** A new key and, this one time, its secret. */
public record CreatedApiKey(ApiKey key, String secret) {

    @Override
    public String toString() {
        return "CreatedApiKey[" + key + "]";
    }
}
