package dev.headroom.account;

import static dev.headroom.account.jooq.Tables.PAYMENT_METHOD;
import static dev.headroom.account.jooq.Tables.WALLET;
import static org.jooq.Records.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class PaymentMethodRepository {

    private final DSLContext db;

    PaymentMethodRepository(DSLContext db) {
        this.db = db;
    }

    /** Those that are not being removed, the preferred one first. */
    List<PaymentMethod> ofAccount(AccountId account) {
        return where(account, PAYMENT_METHOD.REMOVING.isFalse());
    }

    /** Those that Stripe shall forget, and may not have forgotten yet. */
    List<PaymentMethod> leaving(AccountId account) {
        return where(account, PAYMENT_METHOD.REMOVING.isTrue());
    }

    void leave(PaymentMethod card) {
        db.update(PAYMENT_METHOD)
                .set(PAYMENT_METHOD.REMOVING, true)
                .set(PAYMENT_METHOD.PREFERRED, false)
                .where(PAYMENT_METHOD.ACCOUNT_ID.eq(card.account().value()), PAYMENT_METHOD.ID.eq(card.id()))
                .execute();
    }

    private List<PaymentMethod> where(AccountId account, Condition which) {
        return db.select(
                        PAYMENT_METHOD.ACCOUNT_ID.convertFrom(AccountId::new), PAYMENT_METHOD.ID, PAYMENT_METHOD.STRIPE_ID, PAYMENT_METHOD.BRAND,
                        PAYMENT_METHOD.LAST4, PAYMENT_METHOD.EXPIRES_MONTH, PAYMENT_METHOD.EXPIRES_YEAR, PAYMENT_METHOD.PREFERRED,
                        PAYMENT_METHOD.CREATED_AT)
                .from(PAYMENT_METHOD)
                .where(PAYMENT_METHOD.ACCOUNT_ID.eq(account.value()), which)
                .orderBy(PAYMENT_METHOD.PREFERRED.desc(), PAYMENT_METHOD.CREATED_AT.desc())
                .fetch(mapping(PaymentMethod::new));
    }

    /** How often the cards were written; whoever writes next has to name it. */
    long revision(AccountId account) {
        return db.select(WALLET.REVISION).from(WALLET).where(WALLET.ACCOUNT_ID.eq(account.value())).fetchOptional(WALLET.REVISION).orElse(0L);
    }

    /** Nobody else writes the account's cards before the transaction ends. */
    long write(AccountId account) {
        return Objects.requireNonNull(db.insertInto(WALLET)
                .set(WALLET.ACCOUNT_ID, account.value())
                .set(WALLET.REVISION, 1L)
                .onConflict(WALLET.ACCOUNT_ID)
                .doUpdate()
                .set(WALLET.REVISION, WALLET.REVISION.plus(1))
                .returning(WALLET.REVISION)
                .fetchOne(WALLET.REVISION));
    }

    void keepOnly(AccountId account, Collection<String> stripeIds) {
        db.deleteFrom(PAYMENT_METHOD)
                .where(PAYMENT_METHOD.ACCOUNT_ID.eq(account.value()), PAYMENT_METHOD.STRIPE_ID.notIn(stripeIds))
                .execute();
    }

    void preferNone(AccountId account) {
        db.update(PAYMENT_METHOD).set(PAYMENT_METHOD.PREFERRED, false).where(PAYMENT_METHOD.ACCOUNT_ID.eq(account.value())).execute();
    }

    void upsert(PaymentMethod card) {
        db.insertInto(PAYMENT_METHOD)
                .set(PAYMENT_METHOD.ACCOUNT_ID, card.account().value())
                .set(PAYMENT_METHOD.ID, card.id())
                .set(PAYMENT_METHOD.STRIPE_ID, card.stripeId())
                .set(PAYMENT_METHOD.BRAND, card.brand())
                .set(PAYMENT_METHOD.LAST4, card.last4())
                .set(PAYMENT_METHOD.EXPIRES_MONTH, card.expiresMonth())
                .set(PAYMENT_METHOD.EXPIRES_YEAR, card.expiresYear())
                .set(PAYMENT_METHOD.PREFERRED, card.preferred())
                .set(PAYMENT_METHOD.CREATED_AT, card.createdAt())
                .onConflict(PAYMENT_METHOD.ACCOUNT_ID, PAYMENT_METHOD.STRIPE_ID)
                .doUpdate()
                .set(PAYMENT_METHOD.EXPIRES_MONTH, card.expiresMonth())
                .set(PAYMENT_METHOD.EXPIRES_YEAR, card.expiresYear())
                .set(PAYMENT_METHOD.LAST4, card.last4())
                .set(PAYMENT_METHOD.PREFERRED, card.preferred())
                .execute();
    }
}
