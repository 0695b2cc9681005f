package dev.headroom.account;

import static dev.headroom.account.jooq.Tables.ACCOUNT;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.Record9;
import org.jooq.Records;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class AccountRepository {

    private final DSLContext db;

    AccountRepository(DSLContext db) {
        this.db = db;
    }

    /** False when the key is taken. */
    boolean insert(Account account) {
        return db.insertInto(ACCOUNT)
                .set(ACCOUNT.ID, account.id().value())
                .set(ACCOUNT.KEY, account.key())
                .set(ACCOUNT.NAME, account.name())
                .set(ACCOUNT.EMAIL, account.email())
                .set(ACCOUNT.CURRENCY, account.currency())
                .set(ACCOUNT.COUNTRY, account.country())
                .set(ACCOUNT.ZONE, account.zone().getId())
                .set(ACCOUNT.CREATED_AT, account.createdAt())
                .onConflict(ACCOUNT.KEY)
                .doNothing()
                .execute() == 1;
    }

    Optional<Account> byId(AccountId id) {
        return accounts().where(ACCOUNT.ID.eq(id.value())).fetchOptional(Records.mapping(Account::new));
    }

    Optional<Account> byKey(String key) {
        return accounts().where(ACCOUNT.KEY.eq(key)).fetchOptional(Records.mapping(Account::new));
    }

    Optional<Account> byCustomer(String stripeCustomer) {
        return accounts().where(ACCOUNT.STRIPE_CUSTOMER_ID.eq(stripeCustomer)).fetchOptional(Records.mapping(Account::new));
    }

    Map<String, Account> byCustomers(Collection<String> stripeCustomers) {
        return accounts()
                .where(ACCOUNT.STRIPE_CUSTOMER_ID.in(stripeCustomers))
                .fetch(Records.mapping(Account::new))
                .stream()
                .collect(toMap(Account::stripeCustomer, account -> account));
    }

    Map<String, AccountId> ids(Collection<String> keys) {
        return db.select(ACCOUNT.KEY, ACCOUNT.ID.convertFrom(AccountId::new))
                .from(ACCOUNT)
                .where(ACCOUNT.KEY.in(keys))
                .fetchMap(Record2::value1, Record2::value2);
    }

    Map<AccountId, Account> byIds(Collection<AccountId> ids) {
        return accounts()
                .where(ACCOUNT.ID.in(ids.stream().map(AccountId::value).toList()))
                .fetch(Records.mapping(Account::new))
                .stream()
                .collect(toMap(Account::id, account -> account));
    }

    List<Account> page(String search, @Nullable AccountId after, int size) {
        return accounts()
                .where(matches(search), follows(after))
                .orderBy(lower(ACCOUNT.NAME), ACCOUNT.ID)
                .limit(size)
                .fetch(Records.mapping(Account::new));
    }

    void linkCustomer(AccountId id, String stripeCustomer) {
        db.update(ACCOUNT)
                .set(ACCOUNT.STRIPE_CUSTOMER_ID, stripeCustomer)
                .where(ACCOUNT.ID.eq(id.value()), ACCOUNT.STRIPE_CUSTOMER_ID.isNull())
                .execute();
    }

    /** False when another one is noted, or none. */
    boolean unlinkCustomer(AccountId id, String stripeCustomer) {
        return db.update(ACCOUNT)
                .setNull(ACCOUNT.STRIPE_CUSTOMER_ID)
                .where(ACCOUNT.ID.eq(id.value()), ACCOUNT.STRIPE_CUSTOMER_ID.eq(stripeCustomer))
                .execute() == 1;
    }

    private static Condition matches(String search) {
        String needle = search.toLowerCase(Locale.ROOT);
        return needle.isEmpty()
                ? noCondition()
                : lower(ACCOUNT.NAME).contains(needle).or(lower(ACCOUNT.KEY).contains(needle)).or(lower(ACCOUNT.EMAIL).contains(needle));
    }

    private static Condition follows(@Nullable AccountId after) {
        return after == null
                ? noCondition()
                : row(lower(ACCOUNT.NAME), ACCOUNT.ID).gt(select(lower(ACCOUNT.NAME), ACCOUNT.ID).from(ACCOUNT).where(ACCOUNT.ID.eq(after.value())));
    }

    private SelectJoinStep<Record9<AccountId, String, String, String, java.util.Currency, String, ZoneId, String, java.time.Instant>> accounts() {
        return db.select(
                        ACCOUNT.ID.convertFrom(AccountId::new), ACCOUNT.KEY, ACCOUNT.NAME, ACCOUNT.EMAIL, ACCOUNT.CURRENCY, ACCOUNT.COUNTRY,
                        ACCOUNT.ZONE.convertFrom(ZoneId::of), ACCOUNT.STRIPE_CUSTOMER_ID, ACCOUNT.CREATED_AT)
                .from(ACCOUNT);
    }
}
