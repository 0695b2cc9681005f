package dev.headroom.subscription;

import static dev.headroom.subscription.jooq.Tables.DEBIT;
import static dev.headroom.subscription.jooq.Tables.DISCOUNT;
import static dev.headroom.subscription.jooq.Tables.ITEM;
import static dev.headroom.subscription.jooq.Tables.ITEM_DISCOUNT;
import static dev.headroom.subscription.jooq.Tables.SUBSCRIPTION;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.md5;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.Debit;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.subscription.AccountSubscription.ItemDiscount;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.Subscriptions.Known;
import dev.headroom.subscription.jooq.tables.records.SubscriptionRecord;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Reads subscriptions whole, children and all, in one statement. */
@Repository
class SubscriptionRepository {

    private static final Field<List<Debit>> DEBITS = multiset(select(
                            instant(DEBIT.PERIOD_FROM), instant(DEBIT.PERIOD_UNTIL), DEBIT.QUANTITY, DEBIT.NAME, DEBIT.NET_MINOR, SUBSCRIPTION.CURRENCY,
                            DEBIT.DISCOUNTS.convertFrom(List::of))
                    .from(DEBIT)
                    .where(DEBIT.ACCOUNT_ID.eq(ITEM.ACCOUNT_ID), DEBIT.ITEM_ID.eq(ITEM.ID))
                    .orderBy(DEBIT.POSITION))
            .convertFrom(rows -> rows.map(mapping((from, until, quantity, name, net, currency, discounts) ->
                    new Debit(new Period(from, until), quantity, name, new Money(net, currency), discounts))));

    private static final Field<List<ItemDiscount>> ITEM_DISCOUNTS = multiset(select(
                            ITEM_DISCOUNT.STRIPE_ID, ITEM_DISCOUNT.BUNDLE_ID.convertFrom(id -> id == null ? null : new BundleId(id)),
                            ITEM_DISCOUNT.PERCENT.convertFrom(percent -> percent == null ? null : new PercentOff(percent)), ITEM_DISCOUNT.SINCE)
                    .from(ITEM_DISCOUNT)
                    .where(ITEM_DISCOUNT.ACCOUNT_ID.eq(ITEM.ACCOUNT_ID), ITEM_DISCOUNT.ITEM_ID.eq(ITEM.ID))
                    .orderBy(ITEM_DISCOUNT.POSITION))
            .convertFrom(rows -> rows.map(mapping(ItemDiscount::new)));

    private static final Field<List<SubscriptionItem>> ITEMS = multiset(select(
                            ITEM.ID, ITEM.STRIPE_ID, ITEM.PLAN_VERSION_ID.convertFrom(PlanVersionId::new), ITEM.PRICE_ID.convertFrom(PriceId::new),
                            ITEM.QUANTITY, ITEM.CARRIES_PLAN, DEBITS, ITEM_DISCOUNTS)
                    .from(ITEM)
                    .where(ITEM.ACCOUNT_ID.eq(SUBSCRIPTION.ACCOUNT_ID), ITEM.SUBSCRIPTION_ID.eq(SUBSCRIPTION.ID))
                    .orderBy(ITEM.POSITION))
            .convertFrom(rows -> rows.map(mapping(SubscriptionItem::new)));

    private static final Field<List<Discount>> DISCOUNTS = multiset(select(
                            DISCOUNT.STRIPE_ID, DISCOUNT.PERCENT, DISCOUNT.AMOUNT_MINOR, SUBSCRIPTION.CURRENCY, DISCOUNT.MONTHS, DISCOUNT.ONCE,
                            DISCOUNT.SINCE, DISCOUNT.PLANS)
                    .from(DISCOUNT)
                    .where(DISCOUNT.ACCOUNT_ID.eq(SUBSCRIPTION.ACCOUNT_ID), DISCOUNT.SUBSCRIPTION_ID.eq(SUBSCRIPTION.ID))
                    .orderBy(DISCOUNT.POSITION))
            .convertFrom(rows -> rows.map(mapping(StoredDiscount::read)));

    /** Side by side: what stands in a row within a row comes as text, and has to be taken apart. */
    private static final List<Field<?>> WHOLE = Stream.concat(Stream.of(SUBSCRIPTION.fields()), Stream.of(ITEMS, DISCOUNTS)).toList();

    private final DSLContext db;
    private final HolderRepository holders;

    SubscriptionRepository(DSLContext db, HolderRepository holders) {
        this.db = db;
        this.holders = holders;
    }

    /** As a number: of a text within a list jOOQ tries one format after the other, an exception each. */
    private static Field<Instant> instant(Field<Instant> time) {
        return field("extract(epoch from {0})", BigDecimal.class, time)
                .convertFrom(seconds -> Instant.EPOCH.plus(seconds.movePointRight(6).longValueExact(), ChronoUnit.MICROS));
    }

    HolderRepository holders() {
        return holders;
    }

    Map<AccountId, List<AccountSubscription>> live(Collection<AccountId> accounts) {
        return of(accounts, SUBSCRIPTION.ENDED_AT.isNull());
    }

    Map<AccountId, List<AccountSubscription>> recent(Collection<AccountId> accounts, Instant endedAfter) {
        return of(accounts, SUBSCRIPTION.ENDED_AT.isNull().or(SUBSCRIPTION.ENDED_AT.gt(endedAfter)));
    }

    private Map<AccountId, List<AccountSubscription>> of(Collection<AccountId> accounts, Condition which) {
        return subscriptions()
                .where(SUBSCRIPTION.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), which)
                .orderBy(SUBSCRIPTION.STARTED_AT, SUBSCRIPTION.ID)
                .fetchGroups(found -> new AccountId(found.get(SUBSCRIPTION.ACCOUNT_ID)), SubscriptionRepository::read);
    }

    /** In an order that has nothing to do with size or age. */
    Map<AccountId, SubscriptionId> sample(Collection<PriceId> prices, long from, long until, int most) {
        return db.select(SUBSCRIPTION.ACCOUNT_ID, SUBSCRIPTION.ID)
                .from(ITEM)
                .join(SUBSCRIPTION).on(SUBSCRIPTION.ACCOUNT_ID.eq(ITEM.ACCOUNT_ID), SUBSCRIPTION.ID.eq(ITEM.SUBSCRIPTION_ID))
                .where(ITEM.PRICE_ID.in(prices.stream().map(PriceId::value).toList()), ITEM.QUANTITY.ge(from), ITEM.QUANTITY.lt(until),
                        SUBSCRIPTION.ENDED_AT.isNull(), SUBSCRIPTION.STATE.ne(SubscriptionState.INCOMPLETE.name()))
                .orderBy(md5(SUBSCRIPTION.ACCOUNT_ID.cast(String.class)), SUBSCRIPTION.ID)
                .limit(most)
                .fetchMap(row -> new AccountId(row.value1()), row -> new SubscriptionId(row.value2()));
    }

    boolean awaited(PriceId price) {
        return db.fetchExists(SUBSCRIPTION, SUBSCRIPTION.ENDED_AT.isNull(),
                condition("{0} @> {1}", SUBSCRIPTION.SCHEDULED, val(JSONB.valueOf("[{\"prices\": [\"" + price.value() + "\"]}]"))));
    }

    Optional<AccountSubscription> byId(AccountId account, SubscriptionId id) {
        return subscriptions()
                .where(SUBSCRIPTION.ACCOUNT_ID.eq(account.value()), SUBSCRIPTION.ID.eq(id.value()))
                .fetchOptional(SubscriptionRepository::read);
    }

    /** Without its items, of which most is what it is billed. */
    Optional<Known> known(AccountId account, SubscriptionId id) {
        return db.select(SUBSCRIPTION.REVISION, SUBSCRIPTION.UNRECKONED, SUBSCRIPTION.SCHEDULED)
                .from(SUBSCRIPTION)
                .where(SUBSCRIPTION.ACCOUNT_ID.eq(account.value()), SUBSCRIPTION.ID.eq(id.value()))
                .fetchOptional(found -> {
                    List<ScheduledChange> waiting = ScheduleJson.read(found.value3());
                    return new Known(
                            found.value1(), List.of(found.value2()).contains(Unreckoned.WAITING.name()), waiting.stream().anyMatch(each -> each.date() == null),
                            waiting.stream().anyMatch(each -> each.date() != null), null);
                });
    }

    Optional<SubscriptionId> idOf(AccountId account, String stripeId) {
        return db.select(SUBSCRIPTION.ID)
                .from(SUBSCRIPTION)
                .where(SUBSCRIPTION.STRIPE_ID.eq(stripeId), SUBSCRIPTION.ACCOUNT_ID.eq(account.value()))
                .fetchOptional(found -> new SubscriptionId(found.value1()));
    }

    /** The account's running ones that say something else of the balance which all of them share. */
    List<SubscriptionId> balancedOtherwise(AccountSubscription than) {
        return db.select(SUBSCRIPTION.ID)
                .from(SUBSCRIPTION)
                .where(SUBSCRIPTION.ACCOUNT_ID.eq(than.account().value()), SUBSCRIPTION.ENDED_AT.isNull(), SUBSCRIPTION.ID.ne(than.id().value()),
                        SUBSCRIPTION.BALANCE_MINOR.ne(than.balance().minor()).or(SUBSCRIPTION.CURRENCY.ne(than.balance().currency())))
                .orderBy(SUBSCRIPTION.STARTED_AT, SUBSCRIPTION.ID)
                .fetch(found -> new SubscriptionId(found.value1()));
    }

    Map<String, AccountSubscription> byStripeIds(Collection<String> stripeIds) {
        return subscriptions()
                .where(SUBSCRIPTION.STRIPE_ID.in(stripeIds))
                .fetchMap(found -> found.get(SUBSCRIPTION.STRIPE_ID), SubscriptionRepository::read);
    }

    List<AccountSubscription> page(@Nullable String after, int size) {
        return subscriptions()
                .where(SUBSCRIPTION.ENDED_AT.isNull(), after == null ? noCondition() : SUBSCRIPTION.STRIPE_ID.gt(after))
                .orderBy(SUBSCRIPTION.STRIPE_ID)
                .limit(size)
                .fetch(SubscriptionRepository::read);
    }

    Optional<AccountSubscription> byStripeId(String stripeId) {
        return subscriptions().where(SUBSCRIPTION.STRIPE_ID.eq(stripeId)).fetchOptional(SubscriptionRepository::read);
    }

    /** The one and nobody else until the transaction ends. */
    Optional<AccountSubscription> locked(AccountId account, SubscriptionId id) {
        return lock(account, id).flatMap(_ -> byId(account, id));
    }

    /** The same where it may be known by heart: as often as it was written it is the same. */
    Optional<AccountSubscription> locked(AccountId account, SubscriptionId id, @Nullable AccountSubscription known) {
        return lock(account, id).flatMap(written -> known != null && known.revision() == written.revision() ? Optional.of(known) : byId(account, id));
    }

    /** How often one was written, and how often so that quotes of it are another. */
    record Written(long version, long revision) {}

    /** Nobody else has it until the transaction ends. */
    Optional<Written> lock(AccountId account, SubscriptionId id) {
        return db.select(SUBSCRIPTION.VERSION, SUBSCRIPTION.REVISION)
                .from(SUBSCRIPTION)
                .where(SUBSCRIPTION.ACCOUNT_ID.eq(account.value()), SUBSCRIPTION.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional(mapping(Written::new));
    }

    private SelectJoinStep<Record> subscriptions() {
        return db.select(WHOLE).from(SUBSCRIPTION);
    }

    private static AccountSubscription read(Record found) {
        SubscriptionRecord row = found.into(SUBSCRIPTION);
        return new AccountSubscription(
                new AccountId(row.getAccountId()), new SubscriptionId(row.getId()), new ProductId(row.getProductId()), row.getStripeId(),
                SubscriptionState.valueOf(row.getState()), Interval.valueOf(row.getInterval()), BillingMode.valueOf(row.getBillingMode()),
                new BillingAnchor(row.getAnchor()), new Period(row.getPeriodFrom(), row.getPeriodUntil()), row.getTrialUntil(), row.getCancelAt(),
                new Money(row.getBalanceMinor(), row.getCurrency()), row.getStartedAt(), row.getEndedAt(), row.getVersion(), row.getRevision(),
                found.get(ITEMS), List.of(row.getForeignPrices()), found.get(DISCOUNTS), ScheduleJson.read(row.getScheduled()),
                Stream.of(row.getUnreckoned()).map(Unreckoned::valueOf).toList(),
                new AccountSubscription.Collection(
                        row.getOpenInvoiceUrl(), row.getDaysUntilDue(), row.getPaused(), row.getResumesAt(), row.getDisputed(), row.getUncollectible(),
                        row.getCommittedUntil()));
    }
}
