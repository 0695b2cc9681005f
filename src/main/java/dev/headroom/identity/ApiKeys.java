package dev.headroom.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.postgres.LastKnown;
import dev.headroom.postgres.Outages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The vendor's API keys: shown once, hashed at rest, revoked at once on this node and within a second on the others. */
@Service
public class ApiKeys {

    public static final String PREFIX = "hr_";
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int MOST_REMEMBERED = 10_000;
    private static final String TOPIC = "identity";
    private static final int HINT_LENGTH = 9;

    private final ApiKeyRepository keys;
    private final KeyUses uses;
    private final AuditEntries audit;
    private final Broadcasts broadcasts;
    private final InstantSource clock;
    private final LastKnown<ByteBuffer, Optional<ApiKey>> byHash;
    private final LastKnown<UUID, Optional<ApiKey>> byId;
    private final Cache<String, Boolean> byOrigin = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

    ApiKeys(ApiKeyRepository keys, KeyUses uses, AuditEntries audit, Broadcasts broadcasts, Outages outages, InstantSource clock) {
        this.broadcasts = broadcasts;
        this.keys = keys;
        this.uses = uses;
        this.byHash = outages.memory(REMEMBERED, MOST_REMEMBERED);
        this.byId = outages.memory(REMEMBERED, MOST_REMEMBERED);
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes a key with some of the actor's own permissions; its secret is in the answer and nowhere else. */
    @Transactional
    public CreatedApiKey create(Actor actor, String name, Set<Permission> permissions, Set<String> origins) {
        return create(actor, name, permissions, origins, newSecret());
    }

    /** The same with a secret that somebody else made, such as the demo vendor's. */
    @Transactional
    public CreatedApiKey create(Actor actor, String name, Set<Permission> permissions, Set<String> origins, String secret) {
        actor.requireEveryAccount(Permission.ADMIN);
        permissions.forEach(actor::require);
        origins.forEach(ApiKeys::checkOrigin);
        ApiKey key = new ApiKey(
                Ids.next(), Check.text("input.name", name), secret.substring(0, HINT_LENGTH), permissions, origins, clock.instant(), null,
                null, null);
        keys.insert(key, hash(secret), actor.name());
        audit.created(actor, "createApiKey", null, "apiKey", key.id(), key);
        byOrigin.invalidateAll();
        return new CreatedApiKey(key, secret);
    }

    /**
     * Says anew what a key may do and from which browser origins the tokens that it mints are accepted; at once on this node, within a
     * second on the others.
     *
     * @throws HeadroomException FORBIDDEN for a key that may, or shall, do more than the actor
     */
    @Transactional
    public ApiKey change(Actor actor, UUID id, Set<Permission> permissions, Set<String> origins) {
        ApiKey before = managed(actor, id);
        permissions.forEach(actor::require);
        origins.forEach(ApiKeys::checkOrigin);
        keys.change(id, permissions, origins);
        ApiKey after = keys.byId(id).orElseThrow();
        if (!after.equals(before)) {
            audit.changed(actor, "changeApiKey", null, "apiKey", id, before, after);
        }
        forget(id);
        return after;
    }

    /**
     * Gives a key another secret, which is in the answer and nowhere else; the one of before is good a while longer, so that nothing stands
     * still while the new one is brought where it is needed. One that is older still is of no use any more.
     *
     * @param overlap up to {@link #LONGEST_OVERLAP}; nothing where the secret is known to somebody else
     * @throws HeadroomException FORBIDDEN for a key that may do more than the actor, who would be it
     */
    @Transactional
    public CreatedApiKey rotate(Actor actor, UUID id, Duration overlap) {
        Check.between("input.overlapHours", overlap.toHours(), 0, LONGEST_OVERLAP.toHours());
        ApiKey before = managed(actor, id);
        String secret = newSecret();
        keys.rotate(id, secret.substring(0, HINT_LENGTH), hash(secret), clock.instant().plus(overlap));
        ApiKey after = keys.byId(id).orElseThrow();
        audit.changed(actor, "rotateApiKey", null, "apiKey", id, before, after);
        forget(id);
        return new CreatedApiKey(after, secret);
    }

    private ApiKey managed(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        ApiKey key = keys.locked(id).filter(ApiKey::active).orElseThrow(() -> HeadroomException.notFound("input.id", "No such API key is in use"));
        key.permissions().forEach(actor::require);
        return key;
    }

    /** A revoked key must not live on in what a node answers from while the database is away, on this node or another. */
    private void forget(UUID id) {
        broadcasts.send(TOPIC, id.toString());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                dropAll();
            }
        });
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC)) {
            dropAll();
        }
    }

    private void dropAll() {
        byHash.dropAll();
        byId.dropAll();
        byOrigin.invalidateAll();
    }

    public static String newSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes a key out of use; account tokens minted with it die too. Revoking twice changes nothing. */
    @Transactional
    public ApiKey revoke(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        ApiKey before = keys.byId(id).orElseThrow(() -> HeadroomException.notFound("input.id", "No such API key"));
        if (before.active()) {
            keys.revoke(id, clock.instant());
            audit.changed(actor, "revokeApiKey", null, "apiKey", id, before, null);
        }
        forget(id);
        return keys.byId(id).orElseThrow();
    }

    public List<ApiKey> all(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        uses.write();
        return keys.all();
    }

    /** Who presents this secret; empty for an unknown or revoked one. */
    public Optional<Actor.ApiKey> authenticate(String secret) {
        Optional<ApiKey> presented = Objects.requireNonNull(byHash.get(ByteBuffer.wrap(hash(secret)), hash -> keys.byHash(hash.array(), clock.instant())))
                .filter(ApiKey::active);
        presented.map(ApiKey::id).ifPresent(uses::note);
        return presented.map(key -> new Actor.ApiKey(key.id(), key.permissions()));
    }

    /** The key that minted a token, while it is active. */
    public Optional<ApiKey> active(UUID id) {
        return Objects.requireNonNull(byId.get(id, keys::byId)).filter(ApiKey::active);
    }

    /** Whether any active key lets browsers come from this origin; all that a preflight can ask. */
    public boolean anyAllows(String origin) {
        return byOrigin.get(origin, keys::anyAllows);
    }

    private static void checkOrigin(String origin) {
        if (!origin.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?")) {
            throw HeadroomException.invalid("input.origins", "An origin has a scheme and a host and nothing after them, such as https://app.example.com");
        }
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
