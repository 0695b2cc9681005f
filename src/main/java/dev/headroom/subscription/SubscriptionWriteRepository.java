package dev.headroom.subscription;

import static dev.headroom.subscription.jooq.Tables.DEBIT;
import static dev.headroom.subscription.jooq.Tables.DISCOUNT;
import static dev.headroom.subscription.jooq.Tables.ITEM;
import static dev.headroom.subscription.jooq.Tables.ITEM_DISCOUNT;
import static dev.headroom.subscription.jooq.Tables.SUBSCRIPTION;

import dev.headroom.postgres.Writes;
import dev.headroom.subscription.AccountSubscription.ItemDiscount;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.subscription.ObservedSubscription.ObservedDebit;
import dev.headroom.subscription.ObservedSubscription.ObservedDiscount;
import dev.headroom.subscription.ObservedSubscription.ObservedItem;
import dev.headroom.subscription.jooq.tables.records.SubscriptionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Writes a subscription whole; the caller holds its lock. */
@Repository
class SubscriptionWriteRepository {

    private final DSLContext db;
    private final Writes writes;

    SubscriptionWriteRepository(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /** @param before what is stored; absent for a new one, of which there is nothing to take away */
    void write(@Nullable AccountSubscription before, AccountSubscription subscription, ObservedSubscription observed) {
        List<Query> all = new ArrayList<>();
        all.add(before == null ? insert(subscription) : update(subscription));
        Map<UUID, SubscriptionItem> stored = before == null ? Map.of() : before.items().stream().collect(Collectors.toMap(SubscriptionItem::id, Function.identity()));
        List<UUID> kept = subscription.items().stream().map(SubscriptionItem::id).toList();
        if (!kept.containsAll(stored.keySet())) {
            all.add(db.deleteFrom(ITEM)
                    .where(ITEM.ACCOUNT_ID.eq(subscription.account().value()), ITEM.SUBSCRIPTION_ID.eq(subscription.id().value()), ITEM.ID.notIn(kept)));
        }
        for (int i = 0; i < observed.items().size(); i++) {
            all.addAll(item(subscription, i, stored.get(kept.get(i)), subscription.items().get(i), observed.items().get(i)));
        }
        if (before != null && !before.discounts().isEmpty()) {
            all.add(deleteDiscounts(subscription));
        }
        for (int i = 0; i < observed.discounts().size(); i++) {
            all.add(insert(subscription, i, observed.discounts().get(i)));
        }
        writes.together(all);
    }

    /** Writes what belongs to us alone; what Stripe has stays. */
    void writeOurs(AccountSubscription subscription) {
        db.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.SCHEDULED, ScheduleJson.write(subscription.scheduled()))
                .set(SUBSCRIPTION.DISPUTED, subscription.collection().disputed())
                .set(SUBSCRIPTION.UNCOLLECTIBLE, subscription.collection().uncollectible())
                .set(SUBSCRIPTION.COMMITTED_UNTIL, subscription.collection().committedUntil())
                .set(SUBSCRIPTION.VERSION, subscription.version())
                .set(SUBSCRIPTION.REVISION, subscription.revision())
                .where(SUBSCRIPTION.ACCOUNT_ID.eq(subscription.account().value()), SUBSCRIPTION.ID.eq(subscription.id().value()))
                .execute();
    }

    /** Writes that it is over; the rest stays as it was last known. */
    void writeEnd(AccountSubscription subscription) {
        update(subscription).execute();
    }

    private Query insert(AccountSubscription subscription) {
        SubscriptionRecord row = row(subscription);
        return db.insertInto(SUBSCRIPTION).set(row).onConflict(SUBSCRIPTION.ACCOUNT_ID, SUBSCRIPTION.ID).doUpdate().set(row);
    }

    private Query update(AccountSubscription subscription) {
        return db.update(SUBSCRIPTION)
                .set(row(subscription))
                .where(SUBSCRIPTION.ACCOUNT_ID.eq(subscription.account().value()), SUBSCRIPTION.ID.eq(subscription.id().value()));
    }

    private static SubscriptionRecord row(AccountSubscription from) {
        return new SubscriptionRecord()
                .setAccountId(from.account().value())
                .setId(from.id().value())
                .setProductId(from.product().value())
                .setStripeId(from.stripeId())
                .setState(from.state().name())
                .setCurrency(from.balance().currency())
                .setInterval(from.interval().name())
                .setBillingMode(from.mode().name())
                .setAnchor(from.anchor().at())
                .setPeriodFrom(from.period().from())
                .setPeriodUntil(from.period().until())
                .setTrialUntil(from.trialUntil())
                .setCancelAt(from.cancelAt())
                .setBalanceMinor(from.balance().minor())
                .setOpenInvoiceUrl(from.collection().invoiceUrl())
                .setForeignPrices(from.foreignPrices().toArray(String[]::new))
                .setStartedAt(from.startedAt())
                .setEndedAt(from.endedAt())
                .setScheduled(ScheduleJson.write(from.scheduled()))
                .setDaysUntilDue(from.collection().daysUntilDue())
                .setPaused(from.collection().paused())
                .setResumesAt(from.collection().resumesAt())
                .setDisputed(from.collection().disputed())
                .setUncollectible(from.collection().uncollectible())
                .setCommittedUntil(from.collection().committedUntil())
                .setUnreckoned(from.unreckoned().stream().map(Enum::name).toArray(String[]::new))
                .setVersion(from.version())
                .setRevision(from.revision());
    }

    private List<Query> item(AccountSubscription subscription, int position, @Nullable SubscriptionItem before, SubscriptionItem item, ObservedItem observed) {
        List<Query> all = new ArrayList<>();
        all.add(db.insertInto(ITEM)
                .set(ITEM.ACCOUNT_ID, subscription.account().value())
                .set(ITEM.SUBSCRIPTION_ID, subscription.id().value())
                .set(ITEM.ID, item.id())
                .set(ITEM.STRIPE_ID, item.stripeId())
                .set(ITEM.PLAN_VERSION_ID, item.planVersion().value())
                .set(ITEM.PRICE_ID, item.price().value())
                .set(ITEM.QUANTITY, item.quantity())
                .set(ITEM.POSITION, position)
                .set(ITEM.CARRIES_PLAN, item.carriesPlan())
                .onConflict(ITEM.ACCOUNT_ID, ITEM.ID)
                .doUpdate()
                .setAllToExcluded());
        if (observed.billed() != null) {
            if (before != null) {
                all.add(db.deleteFrom(DEBIT).where(DEBIT.ACCOUNT_ID.eq(subscription.account().value()), DEBIT.ITEM_ID.eq(item.id())));
            }
            for (int line = 0; line < observed.billed().size(); line++) {
                all.add(insert(subscription, item, line, observed.billed().get(line)));
            }
        }
        if (before != null && !before.discounts().isEmpty()) {
            all.add(db.deleteFrom(ITEM_DISCOUNT).where(ITEM_DISCOUNT.ACCOUNT_ID.eq(subscription.account().value()), ITEM_DISCOUNT.ITEM_ID.eq(item.id())));
        }
        for (int i = 0; i < item.discounts().size(); i++) {
            all.add(insert(subscription, item, i, item.discounts().get(i)));
        }
        return all;
    }

    private Query insert(AccountSubscription subscription, SubscriptionItem item, int position, ItemDiscount discount) {
        return db.insertInto(ITEM_DISCOUNT)
                .set(ITEM_DISCOUNT.ACCOUNT_ID, subscription.account().value())
                .set(ITEM_DISCOUNT.ITEM_ID, item.id())
                .set(ITEM_DISCOUNT.POSITION, position)
                .set(ITEM_DISCOUNT.STRIPE_ID, discount.stripeId())
                .set(ITEM_DISCOUNT.BUNDLE_ID, discount.bundle() == null ? null : discount.bundle().value())
                .set(ITEM_DISCOUNT.PERCENT, discount.off() == null ? null : discount.off().percent())
                .set(ITEM_DISCOUNT.SINCE, discount.since());
    }

    private Query insert(AccountSubscription subscription, SubscriptionItem item, int position, ObservedDebit debit) {
        return db.insertInto(DEBIT)
                .set(DEBIT.ACCOUNT_ID, subscription.account().value())
                .set(DEBIT.ITEM_ID, item.id())
                .set(DEBIT.STRIPE_LINE_ID, debit.stripeLine())
                .set(DEBIT.POSITION, position)
                .set(DEBIT.PERIOD_FROM, debit.period().from())
                .set(DEBIT.PERIOD_UNTIL, debit.period().until())
                .set(DEBIT.QUANTITY, debit.quantity())
                .set(DEBIT.NAME, debit.name())
                .set(DEBIT.NET_MINOR, debit.netMinor())
                .set(DEBIT.DISCOUNTS, new String[0]);
    }

    private Query deleteDiscounts(AccountSubscription subscription) {
        return db.deleteFrom(DISCOUNT)
                .where(DISCOUNT.ACCOUNT_ID.eq(subscription.account().value()), DISCOUNT.SUBSCRIPTION_ID.eq(subscription.id().value()));
    }

    private Query insert(AccountSubscription subscription, int position, ObservedDiscount observed) {
        StoredDiscount stored = StoredDiscount.of(observed.discount());
        return db.insertInto(DISCOUNT)
                .set(DISCOUNT.ACCOUNT_ID, subscription.account().value())
                .set(DISCOUNT.SUBSCRIPTION_ID, subscription.id().value())
                .set(DISCOUNT.STRIPE_ID, observed.discount().ref())
                .set(DISCOUNT.POSITION, position)
                .set(DISCOUNT.NAME, observed.name())
                .set(DISCOUNT.PERCENT, stored.percent())
                .set(DISCOUNT.AMOUNT_MINOR, stored.amountMinor())
                .set(DISCOUNT.MONTHS, stored.months())
                .set(DISCOUNT.ONCE, stored.once())
                .set(DISCOUNT.SINCE, observed.discount().from())
                .set(DISCOUNT.PLANS, stored.plans());
    }
}
