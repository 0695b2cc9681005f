package dev.headroom.approval;

import static dev.headroom.approval.jooq.Tables.REQUEST;
import static java.util.stream.Collectors.groupingBy;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.ApprovalRequest.Decision;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Requests as they stand at an instant: what is open becomes expired by time alone. */
@Repository
class ApprovalRepository {

    private static final Condition OPEN = REQUEST.STATE.in(ApprovalState.REQUESTED.name(), ApprovalState.APPROVED.name(), ApprovalState.COUNTERED.name()).and(REQUEST.CHANGE_ID.isNull());

    private final DSLContext db;

    ApprovalRepository(DSLContext db) {
        this.db = db;
    }

    /** False when the same change of the subscription is asked for already. */
    boolean insert(ApprovalRequest request) {
        expire(request);
        return db.insertInto(REQUEST)
                .set(REQUEST.ACCOUNT_ID, request.account().value())
                .set(REQUEST.ID, request.id())
                .set(REQUEST.SUBSCRIPTION_ID, request.subscription().value())
                .set(REQUEST.STATE, request.state().name())
                .set(REQUEST.VERSION, request.version())
                .set(REQUEST.CHANGE, JSONB.valueOf(DealJson.change(request.asked().change())))
                .set(REQUEST.DISCOUNT, json(DealJson.discount(request.asked().discount())))
                .set(REQUEST.SHOWN, JSONB.valueOf(DealJson.shown(request.asked().shown())))
                .set(REQUEST.REASONS, JSONB.valueOf(DealJson.reasons(request.reasons())))
                .set(REQUEST.REASON, request.reason())
                .set(REQUEST.ASKED_BY, request.askedBy())
                .set(REQUEST.ASKED_AT, request.askedAt())
                .set(REQUEST.EXPIRES_AT, request.expiresAt())
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** What nobody decided in time is no obstacle to asking again. */
    private void expire(ApprovalRequest next) {
        db.update(REQUEST)
                .set(REQUEST.STATE, ApprovalState.EXPIRED.name())
                .where(of(next.account()), REQUEST.SUBSCRIPTION_ID.eq(next.subscription().value()), in(ApprovalState.REQUESTED), REQUEST.EXPIRES_AT.le(next.askedAt()))
                .execute();
    }

    /** Writes what was decided, or that it was taken back; for whoever has locked it. */
    void update(ApprovalRequest request) {
        Optional<Deal> agreed = request.agreed();
        Optional<Decision> decision = Optional.ofNullable(request.decision());
        db.update(REQUEST)
                .set(REQUEST.STATE, request.state().name())
                .set(REQUEST.VERSION, request.version())
                .set(REQUEST.EXPIRES_AT, request.expiresAt())
                .set(REQUEST.AGREED_CHANGE, json(agreed.map(deal -> DealJson.change(deal.change())).orElse(null)))
                .set(REQUEST.AGREED_DISCOUNT, json(agreed.map(deal -> DealJson.discount(deal.discount())).orElse(null)))
                .set(REQUEST.AGREED_SHOWN, json(agreed.map(deal -> DealJson.shown(deal.shown())).orElse(null)))
                .set(REQUEST.COMMENT, decision.map(Decision::comment).orElse(null))
                .set(REQUEST.DECIDED_BY, decision.map(Decision::by).orElse(null))
                .set(REQUEST.DECIDED_AT, decision.map(Decision::at).orElse(null))
                .where(of(request.account()), REQUEST.ID.eq(request.id()))
                .execute();
    }

    /** Lets a change use what was agreed; false when another one has, or when it is not to be had any more. */
    boolean accept(AccountId account, UUID request, UUID change, Instant at) {
        return db.update(REQUEST)
                .set(REQUEST.CHANGE_ID, change)
                .set(REQUEST.ACCEPTED_AT, at)
                .where(of(account), REQUEST.ID.eq(request), OPEN, REQUEST.STATE.ne(ApprovalState.REQUESTED.name()), REQUEST.EXPIRES_AT.gt(at))
                .execute() == 1;
    }

    void giveBack(AccountId account, UUID change) {
        db.update(REQUEST).setNull(REQUEST.CHANGE_ID).setNull(REQUEST.ACCEPTED_AT).where(of(account), REQUEST.CHANGE_ID.eq(change)).execute();
    }

    Optional<ApprovalRequest> byId(UUID id, Instant now) {
        return db.selectFrom(REQUEST).where(REQUEST.ID.eq(id)).fetchOptional(row -> request(row, now));
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<ApprovalRequest> locked(UUID id, Instant now) {
        return db.selectFrom(REQUEST).where(REQUEST.ID.eq(id)).forUpdate().fetchOptional(row -> request(row, now));
    }

    /** Newest first. */
    /** The same of many; those without any are left out. */
    Map<SubscriptionId, List<ApprovalRequest>> open(Collection<AccountSubscription> subscriptions, Instant now) {
        return db.selectFrom(REQUEST)
                .where(row(REQUEST.ACCOUNT_ID, REQUEST.SUBSCRIPTION_ID)
                        .in(subscriptions.stream().map(each -> row(each.account().value(), each.id().value())).toList()), OPEN, REQUEST.EXPIRES_AT.gt(now))
                .orderBy(REQUEST.ID.desc())
                .fetch(row -> request(row, now))
                .stream()
                .collect(groupingBy(ApprovalRequest::subscription));
    }

    List<ApprovalRequest> open(AccountId account, SubscriptionId subscription, Instant now) {
        return db.selectFrom(REQUEST)
                .where(of(account), REQUEST.SUBSCRIPTION_ID.eq(subscription.value()), OPEN, REQUEST.EXPIRES_AT.gt(now))
                .orderBy(REQUEST.ID.desc())
                .fetch(row -> request(row, now));
    }

    /**
     * Newest first.
     *
     * @param account absent for all of them
     * @param state   absent for every one
     * @param before  the last one of the page before
     */
    List<ApprovalRequest> page(@Nullable AccountId account, @Nullable ApprovalState state, @Nullable UUID before, int most, Instant now) {
        return db.selectFrom(REQUEST)
                .where(account == null ? DSL.noCondition() : of(account))
                .and(state == null ? DSL.noCondition() : stands(state, now))
                .and(before == null ? DSL.noCondition() : REQUEST.ID.lt(before))
                .orderBy(REQUEST.ID.desc())
                .limit(most)
                .fetch(row -> request(row, now));
    }

    int count(ApprovalState state, Instant now) {
        return db.fetchCount(REQUEST, stands(state, now));
    }

    /** The same as {@link #state}, said to the database. */
    private static Condition stands(ApprovalState state, Instant now) {
        return switch (state) {
            case REQUESTED, APPROVED, COUNTERED -> in(state).and(REQUEST.CHANGE_ID.isNull()).and(REQUEST.EXPIRES_AT.gt(now));
            case REJECTED, WITHDRAWN -> in(state);
            case EXPIRED -> in(state).or(OPEN.and(REQUEST.EXPIRES_AT.le(now)));
            case ACCEPTED -> REQUEST.CHANGE_ID.isNotNull();
        };
    }

    private static ApprovalState state(Record row, Instant now) {
        ApprovalState written = ApprovalState.valueOf(row.get(REQUEST.STATE));
        if (row.get(REQUEST.CHANGE_ID) != null) {
            return ApprovalState.ACCEPTED;
        }
        return written.open() && !now.isBefore(row.get(REQUEST.EXPIRES_AT)) ? ApprovalState.EXPIRED : written;
    }

    private static Condition in(ApprovalState state) {
        return REQUEST.STATE.eq(state.name());
    }

    private static Condition of(AccountId account) {
        return REQUEST.ACCOUNT_ID.eq(account.value());
    }

    private static ApprovalRequest request(Record row, Instant now) {
        return new ApprovalRequest(
                new AccountId(row.get(REQUEST.ACCOUNT_ID)), row.get(REQUEST.ID), new SubscriptionId(row.get(REQUEST.SUBSCRIPTION_ID)), state(row, now),
                row.get(REQUEST.VERSION), DealJson.deal(row.get(REQUEST.CHANGE).data(), text(row.get(REQUEST.DISCOUNT)), row.get(REQUEST.SHOWN).data()),
                DealJson.reasons(row.get(REQUEST.REASONS).data()), row.get(REQUEST.REASON), row.get(REQUEST.ASKED_BY), row.get(REQUEST.ASKED_AT),
                row.get(REQUEST.EXPIRES_AT), decision(row), row.get(REQUEST.CHANGE_ID), row.get(REQUEST.ACCEPTED_AT));
    }

    private static @Nullable Decision decision(Record row) {
        JSONB change = row.get(REQUEST.AGREED_CHANGE);
        Instant at = row.get(REQUEST.DECIDED_AT);
        Deal agreed = change == null ? null : DealJson.deal(change.data(), text(row.get(REQUEST.AGREED_DISCOUNT)), row.get(REQUEST.AGREED_SHOWN).data());
        return at == null ? null : new Decision(agreed, row.get(REQUEST.COMMENT), row.get(REQUEST.DECIDED_BY), at);
    }

    private static @Nullable JSONB json(@Nullable String text) {
        return text == null ? null : JSONB.valueOf(text);
    }

    private static @Nullable String text(@Nullable JSONB json) {
        return json == null ? null : json.data();
    }
}
