package dev.headroom.entitlement;

import static dev.headroom.entitlement.jooq.Tables.FEATURE_GRANT;
import static java.util.stream.Collectors.groupingBy;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.Grant.Revocation;
import dev.headroom.entitlement.jooq.tables.FeatureGrant;
import dev.headroom.time.Reset;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class GrantRepository {

    private final DSLContext db;

    GrantRepository(DSLContext db) {
        this.db = db;
    }

    void insert(Grant grant) {
        db.insertInto(FEATURE_GRANT)
                .set(FEATURE_GRANT.ID, grant.id())
                .set(FEATURE_GRANT.ACCOUNT_ID, grant.account().value())
                .set(FEATURE_GRANT.FEATURE_ID, grant.feature().value())
                .set(FEATURE_GRANT.KIND, grant.kind().name())
                .set(FEATURE_GRANT.INCLUDED, grant.units())
                .set(FEATURE_GRANT.SETTING, grant.setting())
                .set(FEATURE_GRANT.REASON, grant.reason())
                .set(FEATURE_GRANT.VALID_FROM, grant.from())
                .set(FEATURE_GRANT.VALID_UNTIL, grant.until())
                .set(FEATURE_GRANT.GIVEN_BY, grant.givenBy())
                .set(FEATURE_GRANT.GIVEN_AT, grant.givenAt())
                .execute();
    }

    void revoke(Grant revoked) {
        Revocation how = Objects.requireNonNull(revoked.revocation());
        db.update(FEATURE_GRANT)
                .set(FEATURE_GRANT.REVOKED_AT, how.at())
                .set(FEATURE_GRANT.REVOKED_BY, how.by())
                .set(FEATURE_GRANT.REVOKED_BECAUSE, how.reason())
                .where(FEATURE_GRANT.ID.eq(revoked.id()))
                .execute();
    }

    Optional<Grant> byId(UUID id) {
        return db.selectFrom(FEATURE_GRANT).where(FEATURE_GRANT.ID.eq(id)).fetchOptional(GrantRepository::grant);
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<Grant> locked(UUID id) {
        return db.selectFrom(FEATURE_GRANT).where(FEATURE_GRANT.ID.eq(id)).forUpdate().fetchOptional(GrantRepository::grant);
    }

    /** Newest first. */
    Map<AccountId, List<Grant>> newest(Collection<AccountId> accounts, int most) {
        Table<?> asked = unnest(accounts.stream().map(AccountId::value).toArray(UUID[]::new)).as("asked", "id");
        Table<?> newest = lateral(db.selectFrom(FEATURE_GRANT)
                .where(FEATURE_GRANT.ACCOUNT_ID.eq(field(name("asked", "id"), UUID.class)))
                .orderBy(FEATURE_GRANT.GIVEN_AT.desc(), FEATURE_GRANT.ID.desc())
                .limit(most)).as("newest");
        return db.select(newest.fields())
                .from(asked)
                .crossJoin(newest)
                .orderBy(newest.field(FEATURE_GRANT.GIVEN_AT).desc(), newest.field(FEATURE_GRANT.ID).desc())
                .fetch(GrantRepository::grant)
                .stream()
                .collect(groupingBy(Grant::account));
    }

    /** Those that are or will be in force, those that ended after an instant, and of each feature the one that ended last. */
    Map<AccountId, List<Grant>> standing(Collection<AccountId> accounts, Instant after) {
        FeatureGrant later = FEATURE_GRANT.as("later");
        return db.selectFrom(FEATURE_GRANT)
                .where(FEATURE_GRANT.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()))
                .and(end(FEATURE_GRANT).gt(after).or(notExists(selectOne()
                        .from(later)
                        .where(later.ACCOUNT_ID.eq(FEATURE_GRANT.ACCOUNT_ID), later.FEATURE_ID.eq(FEATURE_GRANT.FEATURE_ID), end(later).gt(end(FEATURE_GRANT))))))
                .fetch(GrantRepository::grant)
                .stream()
                .collect(groupingBy(Grant::account));
    }

    /** The same as {@link Grant#end}, said to the database, which passes over what is absent. */
    private static Field<Instant> end(FeatureGrant grant) {
        return coalesce(least(grant.VALID_UNTIL, grant.REVOKED_AT), val(Reset.EVER.until(), grant.VALID_UNTIL));
    }

    private static Grant grant(Record row) {
        return new Grant(
                row.get(FEATURE_GRANT.ID), new AccountId(row.get(FEATURE_GRANT.ACCOUNT_ID)), new FeatureId(row.get(FEATURE_GRANT.FEATURE_ID)),
                Grant.Kind.valueOf(row.get(FEATURE_GRANT.KIND)), row.get(FEATURE_GRANT.INCLUDED), row.get(FEATURE_GRANT.SETTING),
                row.get(FEATURE_GRANT.REASON), row.get(FEATURE_GRANT.VALID_FROM), row.get(FEATURE_GRANT.VALID_UNTIL), row.get(FEATURE_GRANT.GIVEN_BY),
                row.get(FEATURE_GRANT.GIVEN_AT), revocation(row));
    }

    private static @Nullable Revocation revocation(Record row) {
        Instant at = row.get(FEATURE_GRANT.REVOKED_AT);
        return at == null ? null : new Revocation(at, row.get(FEATURE_GRANT.REVOKED_BY), row.get(FEATURE_GRANT.REVOKED_BECAUSE));
    }
}
