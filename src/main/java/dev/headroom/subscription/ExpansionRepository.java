package dev.headroom.subscription;

import static dev.headroom.subscription.jooq.Tables.SEAT_EXPANSION;
import static org.jooq.Records.mapping;

import dev.headroom.subscription.Seats.SeatExpansion;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ExpansionRepository {

    private final DSLContext db;

    ExpansionRepository(DSLContext db) {
        this.db = db;
    }

    Optional<SeatExpansion> of(AccountSubscription subscription) {
        return db.select(SEAT_EXPANSION.MOST_SEATS, SEAT_EXPANSION.OPTED_IN_BY, SEAT_EXPANSION.OPTED_IN_AT)
                .from(SEAT_EXPANSION)
                .where(is(subscription))
                .fetchOptional(mapping(SeatExpansion::new));
    }

    /** The subscription is locked, so that nobody else sets it meanwhile. */
    void set(AccountSubscription subscription, @Nullable SeatExpansion expansion) {
        db.deleteFrom(SEAT_EXPANSION).where(is(subscription)).execute();
        if (expansion != null) {
            db.insertInto(SEAT_EXPANSION)
                    .set(SEAT_EXPANSION.ACCOUNT_ID, subscription.account().value())
                    .set(SEAT_EXPANSION.SUBSCRIPTION_ID, subscription.id().value())
                    .set(SEAT_EXPANSION.MOST_SEATS, expansion.most())
                    .set(SEAT_EXPANSION.OPTED_IN_BY, expansion.optedInBy())
                    .set(SEAT_EXPANSION.OPTED_IN_AT, expansion.optedInAt())
                    .execute();
        }
    }

    private static Condition is(AccountSubscription subscription) {
        return SEAT_EXPANSION.ACCOUNT_ID.eq(subscription.account().value()).and(SEAT_EXPANSION.SUBSCRIPTION_ID.eq(subscription.id().value()));
    }
}
