package dev.headroom.identity;

import static dev.headroom.identity.jooq.Tables.API_KEY;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.jooq.Records.mapping;

import dev.headroom.actor.Permission;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record7;
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
                .set(API_KEY.PERMISSIONS, key.permissions().stream().map(Permission::name).sorted().toArray(String[]::new))
                .set(API_KEY.ORIGINS, key.origins().stream().sorted().toArray(String[]::new))
                .set(API_KEY.CREATED_AT, key.createdAt())
                .set(API_KEY.CREATED_BY, createdBy)
                .execute();
    }

    void revoke(UUID id, Instant at) {
        db.update(API_KEY).set(API_KEY.REVOKED_AT, at).where(API_KEY.ID.eq(id), API_KEY.REVOKED_AT.isNull()).execute();
    }

    void allow(UUID id, Set<String> origins) {
        db.update(API_KEY).set(API_KEY.ORIGINS, origins.stream().sorted().toArray(String[]::new)).where(API_KEY.ID.eq(id)).execute();
    }

    Optional<ApiKey> byHash(byte[] hash) {
        return keys().where(API_KEY.HASH.eq(hash)).fetchOptional(mapping(ApiKey::new));
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

    private SelectJoinStep<Record7<UUID, String, String, Set<Permission>, Set<String>, Instant, Instant>> keys() {
        return db.select(
                        API_KEY.ID, API_KEY.NAME, API_KEY.HINT,
                        API_KEY.PERMISSIONS.convertFrom(names -> Arrays.stream(names).map(Permission::valueOf).collect(toUnmodifiableSet())),
                        API_KEY.ORIGINS.convertFrom(Set::of),
                        API_KEY.CREATED_AT, API_KEY.REVOKED_AT)
                .from(API_KEY);
    }
}
