package dev.headroom.overage;

import static dev.headroom.overage.jooq.Tables.METERED_PRICE;

import dev.headroom.catalog.FeatureId;
import dev.headroom.id.Ids;
import dev.headroom.money.UnitPrice;
import dev.headroom.overage.MeteredPrice.Content;
import dev.headroom.time.Interval;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

@Repository
class MeteredPriceRepository {

    private final DSLContext db;

    MeteredPriceRepository(DSLContext db) {
        this.db = db;
    }

    List<MeteredPrice> all() {
        return db.selectFrom(METERED_PRICE).fetch(MeteredPriceRepository::price);
    }

    List<MeteredPrice> byIds(Collection<UUID> ids) {
        return db.selectFrom(METERED_PRICE).where(METERED_PRICE.ID.in(ids)).fetch(MeteredPriceRepository::price);
    }

    /** The one with this content; two who ask at once get the same. */
    MeteredPrice require(Content content) {
        db.insertInto(METERED_PRICE)
                .set(METERED_PRICE.ID, Ids.next())
                .set(METERED_PRICE.FEATURE_ID, content.feature().value())
                .set(METERED_PRICE.UNIT_MINOR, content.each().minor())
                .set(METERED_PRICE.CURRENCY, content.each().currency())
                .set(METERED_PRICE.BILLED_EVERY, content.every().name())
                .onConflictDoNothing()
                .execute();
        return db.selectFrom(METERED_PRICE)
                .where(METERED_PRICE.FEATURE_ID.eq(content.feature().value()), METERED_PRICE.UNIT_MINOR.eq(content.each().minor()),
                        METERED_PRICE.CURRENCY.eq(content.each().currency()), METERED_PRICE.BILLED_EVERY.eq(content.every().name()))
                .fetchSingle(MeteredPriceRepository::price);
    }

    void made(UUID id, String meter, String price) {
        db.update(METERED_PRICE).set(METERED_PRICE.STRIPE_METER, meter).set(METERED_PRICE.STRIPE_PRICE, price).where(METERED_PRICE.ID.eq(id)).execute();
    }

    static MeteredPrice price(Record row) {
        return new MeteredPrice(
                row.get(METERED_PRICE.ID), new FeatureId(row.get(METERED_PRICE.FEATURE_ID)),
                new UnitPrice(row.get(METERED_PRICE.UNIT_MINOR), row.get(METERED_PRICE.CURRENCY)),
                Interval.valueOf(row.get(METERED_PRICE.BILLED_EVERY)), row.get(METERED_PRICE.STRIPE_METER), row.get(METERED_PRICE.STRIPE_PRICE));
    }
}
