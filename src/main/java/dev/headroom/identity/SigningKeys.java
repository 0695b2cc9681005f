package dev.headroom.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.CannotStartException;
import dev.headroom.id.Ids;
import dev.headroom.identity.SigningKey.Purpose;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The keys of all signatures: one current key a purpose, older ones verify until they are retired. */
@Service
public class SigningKeys implements SmartInitializingSingleton {

    /** Longer than any token or quote lives. */
    private static final Duration OVERLAP = Duration.ofDays(2);

    private final SigningKeyRepository keys;
    private final AuditEntries audit;
    private final InstantSource clock;
    /** Another node may have rotated: what is remembered is read again every half minute, long before an old key ends. */
    private final Cache<UUID, SigningKey> known = remembering();
    private final Cache<Purpose, SigningKey> current = remembering();

    SigningKeys(SigningKeyRepository keys, AuditEntries audit, InstantSource clock) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** A node with another secret key would refuse every token and every quote, one by one; better not to start. */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            for (Purpose purpose : Purpose.values()) {
                keys.newest(purpose);
            }
        } catch (IllegalStateException sealed) {
            throw new CannotStartException("The secrets in this database were encrypted with another secret key;"
                    + " start with the HEADROOM_SECRET_KEY, or the file secret.key in the data folder, of the node that made them.", sealed);
        }
    }

    /** The key to sign with; the first call ever makes it. */
    public SigningKey current(Purpose purpose) {
        SigningKey cached = current.getIfPresent(purpose);
        if (cached != null && cached.validAt(clock.instant())) {
            return cached;
        }
        SigningKey loaded = keys.newest(purpose).orElseGet(() -> keys.insertIfFirst(fresh(purpose), clock.instant()));
        current.put(purpose, loaded);
        return loaded;
    }

    /** The key that a signature names; empty when it is unknown, retired, or made for another purpose. */
    public Optional<SigningKey> named(Purpose purpose, UUID id) {
        return Optional.ofNullable(known.getIfPresent(id))
                .or(() -> keys.byId(id))
                .filter(key -> key.purpose() == purpose && key.validAt(clock.instant()))
                .map(this::remember);
    }

    /** Makes a new current key; the old one verifies for two more days. */
    @Transactional
    public SigningKey rotate(Actor actor, Purpose purpose) {
        actor.requireEveryAccount(Permission.ADMIN);
        Instant now = clock.instant();
        keys.retire(purpose, now.plus(OVERLAP));
        SigningKey made = keys.insert(fresh(purpose), now);
        audit.created(actor, "rotateSigningKey", null, "signingKey", made.id(), Map.of("purpose", purpose));
        current.invalidate(purpose);
        known.invalidateAll();
        return made;
    }

    private SigningKey remember(SigningKey key) {
        known.put(key.id(), key);
        return key;
    }

    private static <K> Cache<K, SigningKey> remembering() {
        return Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(30)).build();
    }

    private static SigningKey fresh(Purpose purpose) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new SigningKey(Ids.next(), purpose, secret, null);
    }
}
