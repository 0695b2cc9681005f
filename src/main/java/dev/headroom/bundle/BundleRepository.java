package dev.headroom.bundle;

import static dev.headroom.bundle.jooq.Tables.BUNDLE;
import static dev.headroom.bundle.jooq.Tables.MEMBER;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Repository;

@Repository
class BundleRepository {

    private static final Field<List<Member>> MEMBERS = multiset(select(
                            MEMBER.PRODUCT_ID.convertFrom(ProductId::new), MEMBER.ADD_ON_ID.convertFrom(id -> id == null ? null : new PlanId(id)), MEMBER.REDUCED)
                    .from(MEMBER)
                    .where(MEMBER.BUNDLE_ID.eq(BUNDLE.ID))
                    .orderBy(MEMBER.POSITION))
            .convertFrom(rows -> rows.map(mapping(Member::new)));

    private final DSLContext db;

    BundleRepository(DSLContext db) {
        this.db = db;
    }

    /** The oldest first. */
    List<Bundle> all() {
        return db.select(
                        BUNDLE.ID.convertFrom(BundleId::new), BUNDLE.KEY, BUNDLE.NAME, BUNDLE.PERCENT.convertFrom(PercentOff::new), MEMBERS,
                        BUNDLE.FROM_AT, BUNDLE.UNTIL_AT)
                .from(BUNDLE)
                .orderBy(BUNDLE.ID)
                .fetch(mapping(Bundle::new));
    }

    Optional<Bundle> byId(UUID id) {
        return all().stream().filter(bundle -> bundle.id().value().equals(id)).findFirst();
    }

    /** Nobody else ends it until the transaction is over. */
    Optional<Bundle> locked(String key) {
        db.select(BUNDLE.ID).from(BUNDLE).where(BUNDLE.KEY.eq(key)).forUpdate().fetch();
        return byKey(key);
    }

    Optional<Bundle> byKey(String key) {
        return all().stream().filter(bundle -> bundle.key().equals(key)).findFirst();
    }

    /** False when the key is taken. */
    boolean insert(Bundle bundle) {
        boolean fresh = db.insertInto(BUNDLE)
                .set(BUNDLE.ID, bundle.id().value())
                .set(BUNDLE.KEY, bundle.key())
                .set(BUNDLE.NAME, bundle.name())
                .set(BUNDLE.PERCENT, bundle.off().percent())
                .set(BUNDLE.FROM_AT, bundle.from())
                .set(BUNDLE.UNTIL_AT, bundle.until())
                .onConflict(BUNDLE.KEY)
                .doNothing()
                .execute() == 1;
        for (int i = 0; fresh && i < bundle.members().size(); i++) {
            insert(bundle, i, bundle.members().get(i));
        }
        return fresh;
    }

    private void insert(Bundle bundle, int position, Member member) {
        db.insertInto(MEMBER)
                .set(MEMBER.BUNDLE_ID, bundle.id().value())
                .set(MEMBER.POSITION, position)
                .set(MEMBER.PRODUCT_ID, member.product().value())
                .set(MEMBER.ADD_ON_ID, member.addOn() == null ? null : member.addOn().value())
                .set(MEMBER.REDUCED, member.reduced())
                .execute();
    }

    void end(Bundle bundle) {
        db.update(BUNDLE).set(BUNDLE.UNTIL_AT, bundle.until()).where(BUNDLE.ID.eq(bundle.id().value())).execute();
    }
}
