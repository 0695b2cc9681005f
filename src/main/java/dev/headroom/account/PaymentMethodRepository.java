package dev.headroom.account;

import static dev.headroom.account.jooq.Tables.PAYMENT_METHOD;
import static org.jooq.Records.mapping;

import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class PaymentMethodRepository {

    private final DSLContext db;

    PaymentMethodRepository(DSLContext db) {
        this.db = db;
    }

    List<PaymentMethod> ofAccount(AccountId account) {
        return db.select(
                        PAYMENT_METHOD.ACCOUNT_ID.convertFrom(AccountId::new), PAYMENT_METHOD.ID, PAYMENT_METHOD.STRIPE_ID, PAYMENT_METHOD.BRAND,
                        PAYMENT_METHOD.LAST4, PAYMENT_METHOD.EXPIRES_MONTH, PAYMENT_METHOD.EXPIRES_YEAR, PAYMENT_METHOD.PREFERRED,
                        PAYMENT_METHOD.CREATED_AT)
                .from(PAYMENT_METHOD)
                .where(PAYMENT_METHOD.ACCOUNT_ID.eq(account.value()))
                .orderBy(PAYMENT_METHOD.PREFERRED.desc(), PAYMENT_METHOD.CREATED_AT.desc())
                .fetch(mapping(PaymentMethod::new));
    }

    void preferNone(AccountId account) {
        db.update(PAYMENT_METHOD).set(PAYMENT_METHOD.PREFERRED, false).where(PAYMENT_METHOD.ACCOUNT_ID.eq(account.value())).execute();
    }

    PaymentMethod upsert(PaymentMethod card) {
        db.insertInto(PAYMENT_METHOD)
                .set(PAYMENT_METHOD.ACCOUNT_ID, card.account().value())
                .set(PAYMENT_METHOD.ID, card.id())
                .set(PAYMENT_METHOD.STRIPE_ID, card.stripeId())
                .set(PAYMENT_METHOD.BRAND, card.brand())
                .set(PAYMENT_METHOD.LAST4, card.last4())
                .set(PAYMENT_METHOD.EXPIRES_MONTH, card.expiresMonth())
                .set(PAYMENT_METHOD.EXPIRES_YEAR, card.expiresYear())
                .set(PAYMENT_METHOD.PREFERRED, true)
                .set(PAYMENT_METHOD.CREATED_AT, card.createdAt())
                .onConflict(PAYMENT_METHOD.ACCOUNT_ID, PAYMENT_METHOD.STRIPE_ID)
                .doUpdate()
                .set(PAYMENT_METHOD.PREFERRED, true)
                .execute();
        return ofAccount(card.account()).getFirst();
    }
}
