package dev.headroom.catalog;

import static dev.headroom.catalog.jooq.Tables.OFFER;
import static dev.headroom.catalog.jooq.Tables.REDEMPTION;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;

import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class OfferRepository {

    private final DSLContext db;

    OfferRepository(DSLContext db) {
        this.db = db;
    }

    List<Offer> of(UUID[] products) {
        return db.select(
                        OFFER.ID.convertFrom(OfferId::new), OFFER.PRODUCT_ID.convertFrom(ProductId::new), OFFER.KEY, OFFER.NAME, OFFER.PERCENT, OFFER.AMOUNT_MINOR, OFFER.CURRENCY,
                        OFFER.ONCE, OFFER.MONTHS, OFFER.FROM_AT, OFFER.UNTIL_AT, OFFER.PLAN_IDS.convertFrom(ids -> Arrays.stream(ids).map(PlanId::new).toList()),
                        OFFER.EXISTING_CUSTOMERS, OFFER.CAP, OFFER.ACCOUNT_ID, OFFER.ENDED_AT)
                .from(OFFER)
                .where(OFFER.PRODUCT_ID.eq(any(products)))
                .fetch(mapping((id, product, key, name, percent, minor, currency, once, months, from, until, plans, existing, cap, account, ended) -> new Offer(
                        id, product, key, name, percent == null ? new AmountOff(new Money(minor, currency)) : new PercentOff(percent), term(once, months),
                        new Period(from, until), plans, existing, cap, account, ended)));
    }

    private static Term term(boolean once, @Nullable Integer months) {
        if (once) {
            return new Term.Once();
        }
        return months == null ? new Term.Forever() : new Term.Repeating(months);
    }

    /** False when the key is taken. */
    boolean insert(Offer offer) {
        return db.insertInto(OFFER)
                .set(OFFER.ID, offer.id().value())
                .set(OFFER.PRODUCT_ID, offer.product().value())
                .set(OFFER.KEY, offer.key())
                .set(OFFER.NAME, offer.name())
                .set(OFFER.PERCENT, offer.reduction() instanceof PercentOff off ? off.percent() : null)
                .set(OFFER.AMOUNT_MINOR, offer.reduction() instanceof AmountOff off ? Long.valueOf(off.amount().minor()) : null)
                .set(OFFER.CURRENCY, offer.reduction() instanceof AmountOff off ? off.amount().currency() : null)
                .set(OFFER.ONCE, offer.term() instanceof Term.Once)
                .set(OFFER.MONTHS, offer.term() instanceof Term.Repeating(int months) ? Integer.valueOf(months) : null)
                .set(OFFER.FROM_AT, offer.window().from())
                .set(OFFER.UNTIL_AT, offer.window().until())
                .set(OFFER.PLAN_IDS, offer.plans().stream().map(PlanId::value).toArray(UUID[]::new))
                .set(OFFER.EXISTING_CUSTOMERS, offer.existingCustomers())
                .set(OFFER.CAP, offer.cap())
                .set(OFFER.ACCOUNT_ID, offer.account())
                .onConflict(OFFER.KEY)
                .doNothing()
                .execute() == 1;
    }

    /** False when somebody has ended it already, or its window is over. */
    boolean end(OfferId offer, Instant at) {
        return db.update(OFFER).set(OFFER.ENDED_AT, at).where(OFFER.ID.eq(offer.value()), OFFER.ENDED_AT.isNull(), OFFER.UNTIL_AT.gt(at)).execute() == 1;
    }

    /** Others that want the same offer wait until this transaction is over. */
    void lock(OfferId offer) {
        db.select(OFFER.ID).from(OFFER).where(OFFER.ID.eq(offer.value())).forUpdate().fetch();
    }

    /** The accounts that have taken it, those whose change is still being carried out among them. */
    int redemptions(OfferId offer) {
        return db.fetchCount(REDEMPTION, REDEMPTION.OFFER_ID.eq(offer.value()));
    }

    boolean taken(OfferId offer, UUID account) {
        return db.fetchExists(REDEMPTION, REDEMPTION.OFFER_ID.eq(offer.value()), REDEMPTION.ACCOUNT_ID.eq(account));
    }

    /** Which of these accounts have taken which of these offers. */
    Set<Taken> taken(Collection<OfferId> offers, Collection<UUID> accounts) {
        return db.select(REDEMPTION.OFFER_ID.convertFrom(OfferId::new), REDEMPTION.ACCOUNT_ID)
                .from(REDEMPTION)
                .where(REDEMPTION.OFFER_ID.in(offers.stream().map(OfferId::value).toList()), REDEMPTION.ACCOUNT_ID.in(accounts))
                .fetchSet(mapping(Taken::new));
    }

    record Taken(OfferId offer, UUID account) {}

    /** How many accounts have taken each of these offers; those that nobody has are left out. */
    Map<OfferId, Integer> redemptions(Collection<OfferId> offers) {
        return db.select(REDEMPTION.OFFER_ID.convertFrom(OfferId::new), count())
                .from(REDEMPTION)
                .where(REDEMPTION.OFFER_ID.in(offers.stream().map(OfferId::value).toList()))
                .groupBy(REDEMPTION.OFFER_ID)
                .fetchMap(Record2::value1, Record2::value2);
    }

    void insertRedemption(OfferId offer, UUID account, UUID change, Instant at) {
        db.insertInto(REDEMPTION)
                .set(REDEMPTION.OFFER_ID, offer.value())
                .set(REDEMPTION.ACCOUNT_ID, account)
                .set(REDEMPTION.CHANGE_ID, change)
                .set(REDEMPTION.AT, at)
                .execute();
    }

    void deleteRedemption(OfferId offer, UUID account, UUID change) {
        db.deleteFrom(REDEMPTION)
                .where(REDEMPTION.OFFER_ID.eq(offer.value()), REDEMPTION.ACCOUNT_ID.eq(account), REDEMPTION.CHANGE_ID.eq(change))
                .execute();
    }
}
