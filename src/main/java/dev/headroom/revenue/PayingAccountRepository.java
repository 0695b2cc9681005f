package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.ACCOUNT_MONTH;
import static dev.headroom.revenue.jooq.Tables.BALANCE;
import static dev.headroom.revenue.jooq.Tables.COUNTED;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.revenue.PayingAccounts.Counts;
import dev.headroom.revenue.PayingAccounts.Filter;
import dev.headroom.revenue.PayingAccounts.Mark;
import dev.headroom.revenue.PayingAccounts.Paid;
import dev.headroom.revenue.PayingAccounts.PayingAccount;
import dev.headroom.subscription.SubscriptionId;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class PayingAccountRepository {

    private final DSLContext db;

    PayingAccountRepository(DSLContext db) {
        this.db = db;
    }

    /** Who pays most comes first. */
    List<PayingAccount> page(Filter filter, @Nullable Mark after, int size) {
        Condition several = JourneyRepository.several(ACCOUNT_MONTH.ACCOUNT_ID, filter.currency(), filter.month().plusMonths(1));
        return select(
                filter, several, after == null ? noCondition() : row(ACCOUNT_MONTH.MRR_MINOR, ACCOUNT_MONTH.ACCOUNT_ID).lt(after.minor(), after.account()), size,
                ACCOUNT_MONTH.MRR_MINOR.desc(), ACCOUNT_MONTH.ACCOUNT_ID.desc());
    }

    /** In the order in which they are found without looking at all of them. */
    List<PayingAccount> behind(Filter filter, @Nullable AccountId after, int size) {
        Condition several = JourneyRepository.severalOfEach(ACCOUNT_MONTH.ACCOUNT_ID, filter.currency(), filter.month().plusMonths(1));
        return select(filter, several, after == null ? noCondition() : ACCOUNT_MONTH.ACCOUNT_ID.gt(after.value()), size, ACCOUNT_MONTH.ACCOUNT_ID);
    }

    private List<PayingAccount> select(Filter filter, Condition several, Condition from, int size, OrderField<?>... order) {
        return db.select(ACCOUNT_MONTH.ACCOUNT_ID, ACCOUNT_MONTH.MRR_MINOR, BALANCE.COHORT, ACCOUNT_MONTH.SINCE)
                .from(ACCOUNT_MONTH)
                .join(BALANCE).on(BALANCE.ACCOUNT_ID.eq(ACCOUNT_MONTH.ACCOUNT_ID), BALANCE.CURRENCY.eq(ACCOUNT_MONTH.CURRENCY))
                .where(pays(filter, several))
                .and(from)
                .orderBy(order)
                .limit(size)
                .fetch(row -> new PayingAccount(
                        new AccountId(row.value1()), new Money(row.value2(), filter.currency()), YearMonth.from(row.value3()), YearMonth.from(row.value4())));
    }

    Map<AccountId, Paid> paid(Collection<AccountId> of) {
        List<UUID> ids = of.stream().map(AccountId::value).toList();
        Map<UUID, List<Money>> mrr = db.select(BALANCE.ACCOUNT_ID, BALANCE.MRR_MINOR, BALANCE.CURRENCY)
                .from(BALANCE)
                .where(BALANCE.ACCOUNT_ID.in(ids))
                .fetchGroups(BALANCE.ACCOUNT_ID, row -> new Money(row.get(BALANCE.MRR_MINOR), row.get(BALANCE.CURRENCY)));
        Map<UUID, Map<SubscriptionId, Counts>> counts = new HashMap<>();
        db.selectFrom(COUNTED).where(COUNTED.ACCOUNT_ID.in(ids)).forEach(row -> counts.computeIfAbsent(row.getAccountId(), _ -> new HashMap<>())
                .put(new SubscriptionId(row.getSubscriptionId()), new Counts(row.getYear(), row.getUsage())));
        return mrr.entrySet().stream().collect(Collectors.toMap(
                each -> new AccountId(each.getKey()), each -> new Paid(each.getValue(), counts.getOrDefault(each.getKey(), Map.of()))));
    }

    private static Condition pays(Filter filter, Condition several) {
        LocalDate month = filter.month().atDay(1);
        return ACCOUNT_MONTH.CURRENCY.eq(filter.currency())
                .and(ACCOUNT_MONTH.MONTH.le(month).and(ACCOUNT_MONTH.UNTIL.gt(month)))
                .and(ACCOUNT_MONTH.MRR_MINOR.gt(0L))
                .and(filter.cohort() == null ? noCondition() : BALANCE.COHORT.eq(filter.cohort().atDay(1)))
                .and(filter.paying() == null ? noCondition() : ACCOUNT_MONTH.SINCE.lt(filter.paying().atDay(1)))
                .and(filter.several() ? several : noCondition());
    }
}
