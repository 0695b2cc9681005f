package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static dev.headroom.change.jooq.Tables.SUBSCRIPTION_START;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.change.Start.Promise;
import dev.headroom.change.Start.State;
import dev.headroom.change.jooq.tables.records.SubscriptionStartRecord;
import dev.headroom.postgres.Writes;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class StartRepository {

    /** The namespace of PostgreSQL's two-part advisory locks under which starts are stored. */
    private static final int STARTS = 0x4865_5374;

    private static final Condition OPEN = SUBSCRIPTION_START.STATE.eq(State.REQUESTED.name());

    private static final LeaseRepository<SubscriptionStartRecord> LEASES = new LeaseRepository<>(
            SUBSCRIPTION_START, SUBSCRIPTION_START.ACCOUNT_ID, SUBSCRIPTION_START.ID, SUBSCRIPTION_START.LEASE_UNTIL, OPEN);

    private final DSLContext db;
    private final Offers offers;

    StartRepository(DSLContext db, Offers offers) {
        this.db = db;
        this.offers = offers;
    }

    /** In the transaction that stores a start: takes its offers; false when one of them is not to be had any more. */
    boolean takeOffers(Start start) {
        // Whoever wants the same ones, with a start or a change, waits for them in one order.
        return start.offers().stream().sorted(Comparator.comparing(OfferId::value)).allMatch(offer -> offers.take(offer, start.account().value(), start.id().value()));
    }

    /**
     * In the transaction that stores a start: false when a subscription of the same product is being started for the account, or when something else is
     * being charged that draws on the balance out of which one of the two was promised.
     */
    boolean insert(Start start, Instant leaseUntil) {
        lock(db, start.account()).fetch();
        return !drawsBeside(start) && stored(start, leaseUntil);
    }

    /** Of what an account starts and is charged for one is stored after the other, so that each sees those before it. */
    private static ResultQuery<?> lock(DSLContext db, AccountId account) {
        return db.select(field("pg_advisory_xact_lock({0}, hashtext({1}))", Object.class, val(STARTS), val(account.toString())));
    }

    /** Whether something is being started for an account at a price that was promised; until the transaction ends nothing else begins to be. */
    static boolean isPromised(DSLContext db, Writes writes, AccountId account) {
        return !writes.together(List.of(lock(db, account), selectOne().from(SUBSCRIPTION_START)
                .where(SUBSCRIPTION_START.ACCOUNT_ID.eq(account.value()), OPEN, SUBSCRIPTION_START.QUOTE_ID.isNotNull())
                .limit(1))).getLast().isEmpty();
    }

    private boolean drawsBeside(Start start) {
        Condition promised = start.promise() == null ? SUBSCRIPTION_START.QUOTE_ID.isNotNull() : noCondition();
        return db.fetchValue(select(field(exists(selectOne().from(SUBSCRIPTION_START).where(SUBSCRIPTION_START.ACCOUNT_ID.eq(start.account().value()), OPEN, promised))
                .or(exists(selectOne().from(PLAN_CHANGE).where(
                        PLAN_CHANGE.ACCOUNT_ID.eq(start.account().value()), PLAN_CHANGE.STATE.eq(PlanChange.State.REQUESTED.name()), PLAN_CHANGE.ALONE.isTrue()))))));
    }

    private boolean stored(Start start, Instant leaseUntil) {
        return db.insertInto(SUBSCRIPTION_START)
                .set(SUBSCRIPTION_START.ACCOUNT_ID, start.account().value())
                .set(SUBSCRIPTION_START.ID, start.id().value())
                .set(SUBSCRIPTION_START.PRODUCT_ID, start.product().value())
                .set(SUBSCRIPTION_START.CUSTOMER, start.customer())
                .set(SUBSCRIPTION_START.PRICE_ID, start.price().value())
                .set(SUBSCRIPTION_START.QUANTITY, start.quantity())
                .set(SUBSCRIPTION_START.TRIAL_UNTIL, start.trialUntil())
                .set(SUBSCRIPTION_START.BUNDLE_ID, start.bundle() == null ? null : start.bundle().value())
                .set(SUBSCRIPTION_START.OFFER_IDS, start.offers().stream().map(OfferId::value).toArray(UUID[]::new))
                .set(SUBSCRIPTION_START.STUB_FROM, start.stub() == null ? null : start.stub().from())
                .set(SUBSCRIPTION_START.STUB_UNTIL, start.stub() == null ? null : start.stub().until())
                .set(promise(start.promise()))
                .set(SUBSCRIPTION_START.STATE, start.state().name())
                .set(SUBSCRIPTION_START.ACTOR, start.actor())
                .set(SUBSCRIPTION_START.REQUESTED_AT, start.requestedAt())
                .set(SUBSCRIPTION_START.LEASE_UNTIL, leaseUntil)
                .onConflict(SUBSCRIPTION_START.ACCOUNT_ID, SUBSCRIPTION_START.PRODUCT_ID)
                .where(OPEN)
                .doNothing()
                .execute() == 1;
    }

    private static Map<Field<?>, Object> promise(@Nullable Promise promise) {
        return promise == null
                ? Map.of()
                : Map.of(
                        SUBSCRIPTION_START.QUOTE_ID, promise.quote(), SUBSCRIPTION_START.QUOTE_EXPIRES_AT, promise.expiresAt(),
                        SUBSCRIPTION_START.DUE_MINOR, promise.due(), SUBSCRIPTION_START.TOTAL_MINOR, promise.total());
    }

    Optional<Start> byId(AccountId account, SubscriptionId id) {
        return db.select(
                        SUBSCRIPTION_START.ACCOUNT_ID.convertFrom(AccountId::new), SUBSCRIPTION_START.ID.convertFrom(SubscriptionId::new),
                        SUBSCRIPTION_START.PRODUCT_ID.convertFrom(ProductId::new), SUBSCRIPTION_START.CUSTOMER,
                        SUBSCRIPTION_START.PRICE_ID.convertFrom(PriceId::new), SUBSCRIPTION_START.QUANTITY, SUBSCRIPTION_START.TRIAL_UNTIL,
                        SUBSCRIPTION_START.BUNDLE_ID.convertFrom(bundle -> bundle == null ? null : new BundleId(bundle)),
                        SUBSCRIPTION_START.OFFER_IDS.convertFrom(offers -> Arrays.stream(offers).map(OfferId::new).toList()),
                        row(SUBSCRIPTION_START.STUB_FROM, SUBSCRIPTION_START.STUB_UNTIL)
                                .mapping((from, until) -> from == null ? null : new Period(from, until)),
                        row(SUBSCRIPTION_START.QUOTE_ID, SUBSCRIPTION_START.QUOTE_EXPIRES_AT, SUBSCRIPTION_START.DUE_MINOR, SUBSCRIPTION_START.TOTAL_MINOR)
                                .mapping((quote, expiresAt, due, total) -> quote == null ? null : new Promise(quote, expiresAt, due, total)),
                        SUBSCRIPTION_START.STATE.convertFrom(State::valueOf), SUBSCRIPTION_START.ACTOR, SUBSCRIPTION_START.REQUESTED_AT,
                        SUBSCRIPTION_START.FAILURE_CODE, SUBSCRIPTION_START.FAILURE_MESSAGE)
                .from(SUBSCRIPTION_START)
                .where(SUBSCRIPTION_START.ACCOUNT_ID.eq(account.value()), SUBSCRIPTION_START.ID.eq(id.value()))
                .fetchOptional(mapping(Start::new));
    }

    /** Takes a start that nobody works on, and keeps others from it until the lease ends. */
    Optional<Start> takeUnfinished(Instant now, Instant leaseUntil) {
        return LEASES.takeAny(db, now, leaseUntil).flatMap(taken -> byId(new AccountId(taken.account()), new SubscriptionId(taken.id())));
    }

    /** Stripe is about to be asked for it; false where it has ended meanwhile. */
    boolean asks(Start start, Instant leaseUntil) {
        return db.update(SUBSCRIPTION_START)
                .set(SUBSCRIPTION_START.LEASE_UNTIL, leaseUntil)
                .where(is(start), OPEN)
                .execute() == 1;
    }

    void began(Start start, State state) {
        end(start, state, null, null);
    }

    /** Ends a start of which nothing came and gives back what it took, unless somebody else has ended it meanwhile. */
    @Transactional
    void failed(Start start, State state, String code, String message) {
        if (end(start, state, code, message)) {
            start.offers().forEach(offer -> offers.giveBack(offer, start.account().value(), start.id().value()));
        }
    }

    private boolean end(Start start, State state, @Nullable String code, @Nullable String message) {
        return db.update(SUBSCRIPTION_START)
                .set(SUBSCRIPTION_START.STATE, state.name())
                .set(SUBSCRIPTION_START.FAILURE_CODE, code)
                .set(SUBSCRIPTION_START.FAILURE_MESSAGE, message)
                .where(is(start), OPEN)
                .execute() == 1;
    }

    private static Condition is(Start start) {
        return SUBSCRIPTION_START.ACCOUNT_ID.eq(start.account().value()).and(SUBSCRIPTION_START.ID.eq(start.id().value()));
    }
}
