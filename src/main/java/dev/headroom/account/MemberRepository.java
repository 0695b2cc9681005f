package dev.headroom.account;

import static dev.headroom.account.jooq.Tables.MEMBER;
import static org.jooq.Records.mapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Record9;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.springframework.stereotype.Repository;

@Repository
class MemberRepository {

    private final DSLContext db;

    MemberRepository(DSLContext db) {
        this.db = db;
    }

    /** False when the account has a member with this key. */
    boolean insert(Member member) {
        return db.insertInto(MEMBER)
                .set(MEMBER.ACCOUNT_ID, member.account().value())
                .set(MEMBER.ID, member.id())
                .set(MEMBER.KEY, member.key())
                .set(MEMBER.EMAIL, member.email())
                .set(MEMBER.NAME, member.name())
                .set(MEMBER.STATE, member.state().name())
                .set(MEMBER.CREATED_AT, member.createdAt())
                .set(MEMBER.LAST_ACTIVE_AT, member.lastActiveAt())
                .onConflict(MEMBER.ACCOUNT_ID, MEMBER.KEY)
                .doNothing()
                .execute() == 1;
    }

    Optional<Member> byId(AccountId account, UUID id) {
        return members().where(MEMBER.ACCOUNT_ID.eq(account.value()), MEMBER.ID.eq(id)).fetchOptional(mapping(Member::new));
    }

    Optional<Member> byKey(AccountId account, String key) {
        return members().where(MEMBER.ACCOUNT_ID.eq(account.value()), MEMBER.KEY.eq(key)).fetchOptional(mapping(Member::new));
    }

    /** Up to {@code most} members of each account, in the order they came. */
    Map<AccountId, List<Member>> ofAccounts(Collection<AccountId> accounts, int most) {
        Field<Integer> place = rowNumber().over(partitionBy(MEMBER.ACCOUNT_ID).orderBy(MEMBER.CREATED_AT, MEMBER.ID)).as("place");
        Table<Record3<UUID, UUID, Integer>> ranked = select(MEMBER.ACCOUNT_ID, MEMBER.ID, place)
                .from(MEMBER)
                .where(MEMBER.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), MEMBER.ERASED_AT.isNull())
                .asTable("ranked");
        return members()
                .join(ranked)
                .on(MEMBER.ACCOUNT_ID.eq(ranked.field(MEMBER.ACCOUNT_ID)), MEMBER.ID.eq(ranked.field(MEMBER.ID)))
                .where(ranked.field(place).le(most))
                .orderBy(MEMBER.CREATED_AT, MEMBER.ID)
                .fetchGroups(row -> row.value1(), mapping(Member::new));
    }

    List<Member> byIds(AccountId account, Collection<UUID> ids) {
        return members().where(MEMBER.ACCOUNT_ID.eq(account.value()), MEMBER.ID.eq(any(ids.toArray(UUID[]::new)))).fetch(mapping(Member::new));
    }

    /** Nobody else changes this one until the transaction ends. */
    Optional<Member> lockedByKey(AccountId account, String key) {
        return members().where(MEMBER.ACCOUNT_ID.eq(account.value()), MEMBER.KEY.eq(key)).forUpdate().fetchOptional(mapping(Member::new));
    }

    void erase(Member erased) {
        db.update(MEMBER)
                .set(MEMBER.KEY, erased.key())
                .set(MEMBER.EMAIL, erased.email())
                .set(MEMBER.NAME, erased.name())
                .set(MEMBER.LAST_ACTIVE_AT, erased.lastActiveAt())
                .set(MEMBER.ERASED_AT, erased.erasedAt())
                .where(MEMBER.ACCOUNT_ID.eq(erased.account().value()), MEMBER.ID.eq(erased.id()))
                .execute();
    }

    List<UUID> invited(Collection<AccountId> accounts) {
        return db.select(MEMBER.ID)
                .from(MEMBER)
                .where(MEMBER.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), MEMBER.STATE.eq(MemberState.INVITED.name()), MEMBER.ERASED_AT.isNull())
                .fetch(MEMBER.ID);
    }

    /** Those of the members who have been inactive longest, since their last activity or since they came. */
    List<Member> longestInactive(AccountId account, Collection<UUID> ids, int most) {
        return members()
                .where(MEMBER.ACCOUNT_ID.eq(account.value()), MEMBER.ID.eq(any(ids.toArray(UUID[]::new))))
                .orderBy(coalesce(MEMBER.LAST_ACTIVE_AT, MEMBER.CREATED_AT), MEMBER.ID)
                .limit(most)
                .fetch(mapping(Member::new));
    }

    /** By their keys; always in one order, so that of two who lock the same ones nobody waits for ever. */
    Map<AccountId, Map<String, Member>> locked(Map<AccountId, List<String>> keys) {
        return members()
                .where(row(MEMBER.ACCOUNT_ID, MEMBER.KEY).in(keys.entrySet().stream()
                        .flatMap(account -> account.getValue().stream().map(key -> row(account.getKey().value(), key)))
                        .toList()))
                .orderBy(MEMBER.ACCOUNT_ID, MEMBER.ID)
                .forUpdate()
                .fetch(mapping(Member::new))
                .stream()
                .collect(groupingBy(Member::account, toMap(Member::key, member -> member)));
    }

    void writeActivity(Collection<Member> active) {
        db.batch(active.stream().map(member -> db.update(MEMBER)
                .set(MEMBER.STATE, member.state().name())
                .set(MEMBER.LAST_ACTIVE_AT, member.lastActiveAt())
                .where(MEMBER.ACCOUNT_ID.eq(member.account().value()), MEMBER.ID.eq(member.id()))).toList()).execute();
    }

    private SelectJoinStep<Record9<AccountId, UUID, String, String, String, MemberState, Instant, Instant, Instant>> members() {
        return db.select(
                        MEMBER.ACCOUNT_ID.convertFrom(AccountId::new), MEMBER.ID, MEMBER.KEY, MEMBER.EMAIL, MEMBER.NAME,
                        MEMBER.STATE.convertFrom(MemberState::valueOf), MEMBER.CREATED_AT, MEMBER.LAST_ACTIVE_AT, MEMBER.ERASED_AT)
                .from(MEMBER);
    }
}
