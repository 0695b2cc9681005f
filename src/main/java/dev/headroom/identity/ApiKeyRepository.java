package dev.headroom.identity;

import static dev.headroom.identity.jooq.Tables.API_KEY;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.jooq.Records.mapping;

import dev.headroom.actor.Permission;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record9;
import org.jooq.SelectJoinStep;
import org.springframework.stereotype.Repository;

@Repository
class ApiKeyRepository {

    private final DSLContext db;

    ApiKeyRepository(DSLContext db) {
        this.db = db;
    }

    void insert(ApiKey key, byte[] hash, String createdBy) {
        db.insertInto(API_KEY)
                .set(API_KEY.ID, key.id())
                .set(API_KEY.NAME, key.name())
                .set(API_KEY.HINT, key.hint())
                .set(API_KEY.HASH, hash)
                .set(API_KEY.PERMISSIONS, names(key.permissions()))
                .set(API_KEY.ORIGINS, key.origins().stream().sorted().toArray(String[]::new))
                .set(API_KEY.CREATED_AT, key.createdAt())
                .set(API_KEY.CREATED_BY, createdBy)
                .execute();
    }

    void revoke(UUID id, Instant at) {
        db.update(API_KEY).set(API_KEY.REVOKED_AT, at).where(API_KEY.ID.eq(id), API_KEY.REVOKED_AT.isNull()).execute();
    }

    void change(UUID id, Set<Permission> permissions, Set<String> origins) {
        db.update(API_KEY)
                .set(API_KEY.PERMISSIONS, names(permissions))
                .set(API_KEY.ORIGINS, origins.stream().sorted().toArray(String[]::new))
                .where(API_KEY.ID.eq(id))
                .execute();
    }

    /** The secret of now becomes the one of before. */
    void rotate(UUID id, String hint, byte[] hash, Instant previousUntil) {
        db.update(API_KEY)
                .set(API_KEY.PREVIOUS_HASH, API_KEY.HASH)
                .set(API_KEY.PREVIOUS_UNTIL, previousUntil)
                .set(API_KEY.HASH, hash)
                .set(API_KEY.HINT, hint)
                .where(API_KEY.ID.eq(id))
                .execute();
    }

    void used(Map<UUID, Instant> last) {
        db.batch(last.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(use -> db.update(API_KEY)
                .set(API_KEY.LAST_USED_AT, use.getValue())
                .where(API_KEY.ID.eq(use.getKey()), API_KEY.LAST_USED_AT.isNull().or(API_KEY.LAST_USED_AT.lt(use.getValue())))).toList()).execute();
    }

    Optional<ApiKey> byHash(byte[] hash, Instant at) {
        return keys().where(API_KEY.HASH.eq(hash).or(API_KEY.PREVIOUS_HASH.eq(hash).and(API_KEY.PREVIOUS_UNTIL.gt(at)))).fetchOptional(mapping(ApiKey::new));
    }

    /** Nobody else changes this one until the transaction ends. */
    Optional<ApiKey> locked(UUID id) {
        return keys().where(API_KEY.ID.eq(id)).forUpdate().fetchOptional(mapping(ApiKey::new));
    }

    Optional<ApiKey> byId(UUID id) {
        return keys().where(API_KEY.ID.eq(id)).fetchOptional(mapping(ApiKey::new));
    }

    boolean anyAllows(String origin) {
        return db.fetchExists(API_KEY, API_KEY.REVOKED_AT.isNull(), API_KEY.ORIGINS.contains(new String[] {origin}));
    }

    List<ApiKey> all() {
        return keys().orderBy(API_KEY.CREATED_AT.desc(), API_KEY.ID.desc()).fetch(mapping(ApiKey::new));
    }

    private static String[] names(Set<Permission> permissions) {
        return permissions.stream().map(Permission::name).sorted().toArray(String[]::new);
    }

    private SelectJoinStep<Record9<UUID, String, String, Set<Permission>, Set<String>, Instant, Instant, Instant, Instant>> keys() {
        return db.select(
                        API_KEY.ID, API_KEY.NAME, API_KEY.HINT,
                        API_KEY.PERMISSIONS.convertFrom(names -> Arrays.stream(names).map(Permission::valueOf).collect(toUnmodifiableSet())),
                        API_KEY.ORIGINS.convertFrom(Set::of),
                        API_KEY.CREATED_AT, API_KEY.REVOKED_AT, API_KEY.LAST_USED_AT, API_KEY.PREVIOUS_UNTIL)
                .from(API_KEY);
    }
}
