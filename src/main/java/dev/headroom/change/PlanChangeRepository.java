package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.approval.Approvals;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.Offers;
import dev.headroom.change.PlanChange.Promise;
import dev.headroom.change.PlanChange.State;
import dev.headroom.change.jooq.tables.records.PlanChangeRecord;
import dev.headroom.money.Money;
import dev.headroom.postgres.Writes;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class PlanChangeRepository {

    private static final Condition OPEN =
            PLAN_CHANGE.STATE.in(State.REQUESTED.name(), State.ACTION_REQUIRED.name(), State.CANCELING.name());

    private static final LeaseRepository<PlanChangeRecord> LEASES =
            new LeaseRepository<>(PLAN_CHANGE, PLAN_CHANGE.ACCOUNT_ID, PLAN_CHANGE.ID, PLAN_CHANGE.LEASE_UNTIL, OPEN);

    private static final Condition SCHEDULED = PLAN_CHANGE.STATE.eq(State.SCHEDULED.name());

    private static final LeaseRepository<PlanChangeRecord> OVERDUE = new LeaseRepository<>(
            PLAN_CHANGE, PLAN_CHANGE.ACCOUNT_ID, PLAN_CHANGE.ID, PLAN_CHANGE.LEASE_UNTIL, SCHEDULED.and(PLAN_CHANGE.PROMISED_FOR.isNull()));

    private static final LeaseRepository<PlanChangeRecord> DUE = new LeaseRepository<>(
            PLAN_CHANGE, PLAN_CHANGE.ACCOUNT_ID, PLAN_CHANGE.ID, PLAN_CHANGE.LEASE_UNTIL, SCHEDULED.and(PLAN_CHANGE.PROMISED_FOR.isNotNull()));

    static final SelectField<PlanChange> WHOLE = row(
                    PLAN_CHANGE.ACCOUNT_ID.convertFrom(AccountId::new), PLAN_CHANGE.ID,
                    PLAN_CHANGE.SUBSCRIPTION_ID.convertFrom(SubscriptionId::new),
                    row(PLAN_CHANGE.QUOTE_ID, PLAN_CHANGE.SUBSCRIPTION_VERSION, PLAN_CHANGE.QUOTED_AT, PLAN_CHANGE.QUOTE_EXPIRES_AT,
                            PLAN_CHANGE.PROMISED_FOR, row(PLAN_CHANGE.TOTAL_MINOR, PLAN_CHANGE.CURRENCY).mapping(PlanChangeRepository::money)).mapping(Promise::new),
                    PLAN_CHANGE.STATE.convertFrom(State::valueOf), PLAN_CHANGE.GROWTH.convertFrom(GrowthKind::valueOf),
                    PLAN_CHANGE.FROM_TERMS.convertFrom(TermsJson::read), PLAN_CHANGE.TO_TERMS.convertFrom(TermsJson::read),
                    PLAN_CHANGE.EFFECTIVE_AT,
                    row(PLAN_CHANGE.DUE_MINOR, PLAN_CHANGE.CURRENCY).mapping(Money::new),
                    row(PLAN_CHANGE.CHARGED_MINOR, PLAN_CHANGE.CURRENCY).mapping(PlanChangeRepository::money),
                    PLAN_CHANGE.ACTOR, PLAN_CHANGE.REQUESTED_AT, PLAN_CHANGE.ATTEMPT, PLAN_CHANGE.ATTEMPTED_AT, PLAN_CHANGE.STRIPE_INVOICE_ID,
                    PLAN_CHANGE.FAILURE_CODE, PLAN_CHANGE.FAILURE_MESSAGE, PLAN_CHANGE.DECIDED_AT, PLAN_CHANGE.CONFIRM_BY)
            .mapping(PlanChange::new);

    private final DSLContext db;
    private final Writes writes;
    private final Offers offers;
    private final Approvals approvals;

    PlanChangeRepository(DSLContext db, Writes writes, Offers offers, Approvals approvals) {
        this.db = db;
        this.writes = writes;
        this.offers = offers;
        this.approvals = approvals;
    }

    private static @Nullable Money money(@Nullable Long minor, Currency currency) {
        return minor == null ? null : new Money(minor, currency);
    }

    /**
     * In the transaction that stores a change or begins it: whether a subscription is being started for the account, whose promise draws on the same balance.
     * A start asks in the same order, before it takes its offer, so that neither waits for the other.
     */
    boolean isBesideStart(PlanChange change) {
        return change.charges() && StartRepository.isPromised(db, writes, change.account());
    }

    /** False when another change of the subscription is open, or, if this one charges, one of another subscription of the account is being charged. */
    boolean insert(PlanChange change, Instant leaseUntil) {
        return db.insertInto(PLAN_CHANGE)
                .set(PLAN_CHANGE.ACCOUNT_ID, change.account().value())
                .set(PLAN_CHANGE.ID, change.id())
                .set(PLAN_CHANGE.SUBSCRIPTION_ID, change.subscription().value())
                .set(PLAN_CHANGE.QUOTE_ID, change.promise().quote())
                .set(PLAN_CHANGE.SUBSCRIPTION_VERSION, change.promise().version())
                .set(PLAN_CHANGE.STATE, change.state().name())
                .set(PLAN_CHANGE.GROWTH, change.growth().name())
                .set(PLAN_CHANGE.FROM_TERMS, TermsJson.write(change.from()))
                .set(PLAN_CHANGE.TO_TERMS, TermsJson.write(change.to()))
                .set(PLAN_CHANGE.QUOTED_AT, change.quotedAt())
                .set(PLAN_CHANGE.QUOTE_EXPIRES_AT, change.quoteExpiresAt())
                .set(PLAN_CHANGE.DUE_MINOR, change.due().minor())
                .set(PLAN_CHANGE.TOTAL_MINOR, Optional.ofNullable(change.promise().total()).map(Money::minor).orElse(null))
                .set(PLAN_CHANGE.CURRENCY, change.due().currency())
                .set(PLAN_CHANGE.ACTOR, change.actor())
                .set(PLAN_CHANGE.REQUESTED_AT, change.requestedAt())
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .set(PLAN_CHANGE.EFFECTIVE_AT, change.effectiveAt())
                .set(PLAN_CHANGE.PROMISED_FOR, change.promise().date())
                .set(PLAN_CHANGE.ALONE, change.charges())
                .onConflictDoNothing()
                .execute() == 1;
    }

    Optional<PlanChange> byId(AccountId account, UUID id) {
        return one(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()).and(PLAN_CHANGE.ID.eq(id)));
    }

    Optional<PlanChange> open(AccountId account, SubscriptionId subscription) {
        return one(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()).and(PLAN_CHANGE.SUBSCRIPTION_ID.eq(subscription.value())).and(OPEN));
    }

    /** What keeps a change of this subscription from being made. */
    Optional<PlanChange> before(AccountId account, SubscriptionId subscription) {
        return db.select(WHOLE)
                .from(PLAN_CHANGE)
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), OPEN,
                        PLAN_CHANGE.SUBSCRIPTION_ID.eq(subscription.value()).or(PLAN_CHANGE.STATE.eq(State.REQUESTED.name())))
                .orderBy(PLAN_CHANGE.REQUESTED_AT)
                .limit(1)
                .fetchOptional(Record1::value1);
    }

    /** What waits, for a date or for the end of the period, in no order. */
    List<PlanChange> scheduled(AccountId account, SubscriptionId subscription) {
        return scheduled(List.of(account)).stream().filter(change -> change.subscription().equals(subscription)).toList();
    }

    List<PlanChange> scheduled(Collection<AccountId> accounts) {
        return all(PLAN_CHANGE.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), SCHEDULED);
    }

    /** Stripe has it now; somebody looks after it when its time has come and nobody has told. */
    void scheduled(PlanChange change, Instant leaseUntil) {
        db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, State.SCHEDULED.name())
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .where(unmoved(change))
                .execute();
    }

    /**
     * Has one that waits carried out again; false when it does not wait any more.
     *
     * @param stillWaitsAt when its time must not have come yet
     */
    boolean reopen(PlanChange change, Instant stillWaitsAt, Instant leaseUntil) {
        return db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, State.REQUESTED.name())
                .set(PLAN_CHANGE.ATTEMPT, PLAN_CHANGE.ATTEMPT.plus(1))
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .where(is(change), SCHEDULED, PLAN_CHANGE.PROMISED_FOR.isNull(), PLAN_CHANGE.EFFECTIVE_AT.gt(stillWaitsAt))
                .execute() == 1;
    }

    /** Has one begin whose date has come; false when it does not wait any more. */
    boolean begin(PlanChange change, Instant leaseUntil) {
        return db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, State.REQUESTED.name())
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .where(is(change), SCHEDULED)
                .execute() == 1;
    }

    /** What the customer's balance pays of it by now is not taken from the card. */
    void owesLess(PlanChange change, Money due) {
        db.update(PLAN_CHANGE).set(PLAN_CHANGE.DUE_MINOR, due.minor()).where(unmoved(change)).execute();
    }

    /** What it will find and make when its turn comes, after what waits before it has changed. */
    void retell(AccountId account, UUID change, SubscriptionTerms from, SubscriptionTerms to) {
        db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.FROM_TERMS, TermsJson.write(from))
                .set(PLAN_CHANGE.TO_TERMS, TermsJson.write(to))
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.ID.eq(change))
                .execute();
    }

    /** What one that waits will be charged, after what comes before it has changed. */
    void promise(AccountId account, UUID change, Money due, Money total) {
        db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.DUE_MINOR, due.minor())
                .set(PLAN_CHANGE.TOTAL_MINOR, total.minor())
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.ID.eq(change), SCHEDULED)
                .execute();
    }

    /** The period that the account's subscription waits for ends at another time than was thought. */
    void move(AccountId account, SubscriptionId subscription, Instant effectiveAt, Instant leaseUntil) {
        db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.EFFECTIVE_AT, effectiveAt)
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.SUBSCRIPTION_ID.eq(subscription.value()), SCHEDULED,
                        PLAN_CHANGE.PROMISED_FOR.isNull())
                .execute();
    }

    /** Ends what waited; one that somebody is taking back is left to them. */
    @Transactional
    boolean settled(PlanChange change, State state, @Nullable String code, Instant at) {
        return settled(change, state, code, null, at);
    }

    @Transactional
    boolean settled(PlanChange change, State state, @Nullable String code, @Nullable String message, Instant at) {
        boolean settled = db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, state.name())
                .set(PLAN_CHANGE.CHARGED_MINOR, state == State.APPLIED ? Long.valueOf(0) : null)
                .set(PLAN_CHANGE.FAILURE_CODE, code)
                .set(PLAN_CHANGE.FAILURE_MESSAGE, message)
                .set(PLAN_CHANGE.DECIDED_AT, at)
                .where(is(change), SCHEDULED)
                .execute() == 1;
        if (settled && state != State.APPLIED) {
            giveBack(change);
        }
        return settled;
    }

    /** Takes one whose time has come and of which nobody has told. */
    Optional<PlanChange> takeOverdue(Instant now, Instant leaseUntil) {
        return OVERDUE.takeAny(db, now, leaseUntil).flatMap(taken -> byId(new AccountId(taken.account()), taken.id()));
    }

    /** Takes one whose date has come and that nobody works on. */
    Optional<PlanChange> takeDue(Instant now, Instant leaseUntil) {
        return DUE.takeAny(db, now, leaseUntil).flatMap(taken -> byId(new AccountId(taken.account()), taken.id()));
    }

    private Optional<PlanChange> one(Condition condition) {
        return db.select(WHOLE).from(PLAN_CHANGE).where(condition).fetchOptional(Record1::value1);
    }

    private List<PlanChange> all(Condition... conditions) {
        return db.select(WHOLE).from(PLAN_CHANGE).where(conditions).fetch(Record1::value1);
    }

    /** Whether an invoice was found to be another change's already. */
    boolean isOfAnother(PlanChange change, String invoice) {
        return db.fetchExists(PLAN_CHANGE,
                PLAN_CHANGE.ACCOUNT_ID.eq(change.account().value()), PLAN_CHANGE.ID.ne(change.id()), PLAN_CHANGE.STRIPE_INVOICE_ID.eq(invoice));
    }

    List<PlanChange> billedBy(AccountId account, Collection<String> invoices) {
        return all(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.STRIPE_INVOICE_ID.in(invoices));
    }

    List<PlanChange> ofQuotes(AccountId account, Collection<UUID> quotes) {
        return all(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.QUOTE_ID.in(quotes));
    }

    /** Newest first. */
    List<PlanChange> history(AccountId account, int most) {
        return db.select(WHOLE)
                .from(PLAN_CHANGE)
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()))
                .orderBy(PLAN_CHANGE.REQUESTED_AT.desc(), PLAN_CHANGE.ID.desc())
                .limit(most)
                .fetch(Record1::value1);
    }

    /** Takes an open change that nobody works on, and keeps others from it until the lease ends. */
    Optional<PlanChange> takeUnfinished(Instant now, Instant leaseUntil) {
        return LEASES.takeAny(db, now, leaseUntil).flatMap(taken -> byId(new AccountId(taken.account()), taken.id()));
    }

    /** Takes one open change unless somebody works on it. */
    boolean take(PlanChange change, Instant now, Instant leaseUntil) {
        return LEASES.take(db, change.account().value(), change.id(), now, leaseUntil);
    }

    /** When Stripe was asked for what may have become an invoice of a subscription, the newest first; what was declined had one too. */
    List<Instant> invoiced(AccountId account, SubscriptionId subscription, Instant since) {
        return db.select(PLAN_CHANGE.ATTEMPTED_AT)
                .from(PLAN_CHANGE)
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.SUBSCRIPTION_ID.eq(subscription.value()), PLAN_CHANGE.ATTEMPTED_AT.gt(since),
                        PLAN_CHANGE.STRIPE_INVOICE_ID.isNotNull().or(PLAN_CHANGE.STATE.notIn(State.APPLIED.name(), State.REFUSED.name())))
                .orderBy(PLAN_CHANGE.ATTEMPTED_AT.desc())
                .fetch(PLAN_CHANGE.ATTEMPTED_AT);
    }

    /** Notes that Stripe is about to be asked; false when somebody else took the change on meanwhile, whose business it is then. */
    boolean attempt(PlanChange change, int attempt, Instant at, Instant leaseUntil) {
        return db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.ATTEMPT, attempt)
                .set(PLAN_CHANGE.ATTEMPTED_AT, at)
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .where(unmoved(change), PLAN_CHANGE.ATTEMPT.eq(change.attempt()))
                .execute() == 1;
    }

    /** Nobody takes up one that Stripe makes by itself before its time. */
    void keep(PlanChange change, Instant leaseUntil) {
        db.update(PLAN_CHANGE).set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil).where(unmoved(change)).execute();
    }

    /** Does nothing to a change that somebody has given up meanwhile, or ended. */
    void waitForAction(PlanChange change, String invoice, Instant confirmBy, Instant leaseUntil) {
        db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, State.ACTION_REQUIRED.name())
                .set(PLAN_CHANGE.STRIPE_INVOICE_ID, invoice)
                .set(PLAN_CHANGE.CONFIRM_BY, confirmBy)
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .where(unmoved(change))
                .execute();
    }

    /** Gives a change up that waits, for the bank or for its time; false when it does not wait any more. */
    boolean cancel(PlanChange change, Instant leaseUntil) {
        return db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, State.CANCELING.name())
                .setNull(PLAN_CHANGE.CONFIRM_BY)
                .set(PLAN_CHANGE.LEASE_UNTIL, leaseUntil)
                .where(is(change), PLAN_CHANGE.STATE.in(State.ACTION_REQUIRED.name(), State.SCHEDULED.name()))
                .execute() == 1;
    }

    /** Ends an open change, and returns it as it has ended; empty when it has already. */
    Optional<PlanChange> applied(PlanChange change, State state, Money charged, @Nullable String invoice, Instant at) {
        return db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, state.name())
                .set(PLAN_CHANGE.CHARGED_MINOR, charged.minor())
                .set(PLAN_CHANGE.STRIPE_INVOICE_ID, invoice)
                .setNull(PLAN_CHANGE.CONFIRM_BY)
                .set(PLAN_CHANGE.DECIDED_AT, at)
                .where(is(change), OPEN)
                .returningResult(WHOLE)
                .fetchOptional(Record1::value1);
    }

    /** In the transaction that stores a change: takes its offers; false when one of them is not to be had any more. */
    boolean takeOffers(PlanChange change) {
        // Two changes that want the same ones wait for each other in one order.
        return change.takes().stream().sorted(Comparator.comparing(OfferId::value)).allMatch(offer -> offers.take(offer, change.account().value(), change.id()));
    }

    /** In the transaction that stores a change: takes what was agreed about it; false when that is not to be had any more. */
    boolean takeAgreement(PlanChange change, UUID agreement) {
        return approvals.accept(change.account(), agreement, change.id());
    }

    /** All that a change has taken which ends without effect. */
    void giveBack(PlanChange change) {
        approvals.giveBack(change.account(), change.id());
        change.to().offers().forEach(offer -> offers.giveBack(offer, change.account().value(), change.id()));
    }

    /** Ends a change that did not happen and gives back what it took; false when somebody else has taken it further meanwhile. */
    @Transactional
    boolean failed(PlanChange change, State state, @Nullable String code, @Nullable String message, Instant at) {
        boolean ended = db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.STATE, state.name())
                .set(PLAN_CHANGE.FAILURE_CODE, code)
                .set(PLAN_CHANGE.FAILURE_MESSAGE, message)
                .setNull(PLAN_CHANGE.CONFIRM_BY)
                .set(PLAN_CHANGE.DECIDED_AT, at)
                .where(unmoved(change))
                .execute() == 1;
        if (ended) {
            giveBack(change);
        }
        return ended;
    }

    /** In the state in which it was read: who decides from what Stripe said before must not undo what was decided since. */
    private static Condition unmoved(PlanChange change) {
        return is(change).and(PLAN_CHANGE.STATE.eq(change.state().name())).and(OPEN);
    }

    private static Condition is(PlanChange change) {
        return PLAN_CHANGE.ACCOUNT_ID.eq(change.account().value()).and(PLAN_CHANGE.ID.eq(change.id()));
    }
}
