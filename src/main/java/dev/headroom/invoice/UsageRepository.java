package dev.headroom.invoice;

import static dev.headroom.invoice.jooq.Tables.INVOICE;
import static dev.headroom.invoice.jooq.Tables.LINE;
import static dev.headroom.invoice.jooq.Tables.USAGE;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.invoice.Invoice.Reason;
import dev.headroom.invoice.Invoice.Status;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Records;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What closed periods brought by use past limits. */
@Repository
class UsageRepository {

    private static final int MONTHS = 12;
    private static final Condition BILLS_USE = LINE.ACCOUNT_ID.eq(INVOICE.ACCOUNT_ID).and(LINE.INVOICE_ID.eq(INVOICE.ID)).and(LINE.USAGE_MONTHS.isNotNull());
    private static final Field<BigDecimal> YEAR = when(INVOICE.STATUS.eq(Status.VOID.name()), BigDecimal.ZERO)
            .otherwise(DSL.coalesce(DSL.field(DSL.select(sum(LINE.AMOUNT_MINOR.minus(LINE.DISCOUNT_MINOR).cast(BigDecimal.class).times(MONTHS).div(LINE.USAGE_MONTHS)))
                    .from(LINE).where(BILLS_USE)), BigDecimal.ZERO));
    private static final Field<Instant> UNTIL = DSL.coalesce(DSL.field(DSL.select(max(LINE.PERIOD_UNTIL)).from(LINE).where(BILLS_USE)), INVOICE.CREATED_AT);

    private final DSLContext db;

    UsageRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * What the period that closed last came to.
     *
     * @param invoice absent where none was closed
     * @param until   its end
     */
    record Closed(@Nullable UUID invoice, BigDecimal year, Instant until) {}

    /** By the newest invoice that ends a period, whichever was heard of first; one that was taken back brings nothing. */
    Optional<Closed> closed(AccountId account, SubscriptionId subscription) {
        return db.select(INVOICE.ID, YEAR, UNTIL)
                .from(INVOICE)
                .where(INVOICE.ACCOUNT_ID.eq(account.value()), INVOICE.SUBSCRIPTION_ID.eq(subscription.value()), INVOICE.STATUS.ne(Status.DRAFT.name()))
                .and(INVOICE.REASON.eq(Reason.RENEWAL.name()).or(exists(selectOne().from(LINE).where(BILLS_USE))))
                .orderBy(INVOICE.CREATED_AT.desc(), INVOICE.ID.desc())
                .limit(1)
                .fetchOptional(Records.mapping(Closed::new));
    }

    /** What was recorded last; nothing where nothing ever was. */
    BigDecimal recorded(AccountId account, SubscriptionId subscription) {
        return db.select(USAGE.YEAR)
                .from(USAGE)
                .where(USAGE.ACCOUNT_ID.eq(account.value()), USAGE.SUBSCRIPTION_ID.eq(subscription.value()))
                .orderBy(USAGE.AT.desc(), USAGE.ID.desc())
                .limit(1)
                .fetchOptional(USAGE.YEAR)
                .orElse(BigDecimal.ZERO);
    }

    void insert(UsageBilled billed) {
        db.insertInto(USAGE)
                .set(USAGE.ACCOUNT_ID, billed.account().value())
                .set(USAGE.ID, billed.id())
                .set(USAGE.SUBSCRIPTION_ID, billed.subscription().value())
                .set(USAGE.INVOICE_ID, billed.invoice())
                .set(USAGE.PRODUCT_ID, billed.product().value())
                .set(USAGE.PLAN_VERSION_ID, billed.plan().value())
                .set(USAGE.CURRENCY, billed.currency())
                .set(USAGE.YEAR, billed.year())
                .set(USAGE.EFFECTIVE_AT, billed.effectiveAt())
                .set(USAGE.AT, billed.at())
                .execute();
    }

    /** In the order in which it was recorded. */
    List<UsageBilled> history(AccountId account) {
        return db.select(
                        USAGE.ID, USAGE.ACCOUNT_ID.convertFrom(AccountId::new), USAGE.SUBSCRIPTION_ID.convertFrom(SubscriptionId::new),
                        USAGE.PRODUCT_ID.convertFrom(ProductId::new), USAGE.PLAN_VERSION_ID.convertFrom(PlanVersionId::new), USAGE.CURRENCY, USAGE.INVOICE_ID,
                        USAGE.YEAR.convertFrom(BigDecimal::stripTrailingZeros), USAGE.EFFECTIVE_AT, USAGE.AT)
                .from(USAGE)
                .where(USAGE.ACCOUNT_ID.eq(account.value()))
                .orderBy(USAGE.AT, USAGE.ID)
                .fetch(Records.mapping(UsageBilled::new));
    }
}
