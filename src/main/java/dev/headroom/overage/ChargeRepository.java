package dev.headroom.overage;

import static dev.headroom.overage.jooq.Tables.METERED_PRICE;
import static dev.headroom.overage.jooq.Tables.REPORT;
import static dev.headroom.overage.jooq.Tables.TALLY;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.money.UnitPrice;
import dev.headroom.overage.Report.Kind;
import dev.headroom.overage.Report.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What is to be billed next, for whoever asks. */
@Repository
class ChargeRepository {

    private final DSLContext db;

    ChargeRepository(DSLContext db) {
        this.db = db;
    }

    /** Units at one price. */
    record Charged(FeatureId feature, UnitPrice each, long reported, long rejected, long pending, @Nullable Instant reportedAt) {}

    /** @param since beginning of the period that is billed next */
    List<Charged> charges(AccountId account, Collection<FeatureId> features, Instant since) {
        Condition ofIt = REPORT.ACCOUNT_ID.eq(account.value()).and(REPORT.PRICE_ID.eq(METERED_PRICE.ID)).and(REPORT.KIND.eq(Kind.EVENT.name()));
        Condition sent = ofIt.and(REPORT.STATE.eq(State.SENT.name())).and(REPORT.AT.ge(since));
        Field<BigDecimal> reported = coalesce(select(sum(REPORT.UNITS)).from(REPORT).where(sent).asField(), BigDecimal.ZERO);
        Field<BigDecimal> rejected = coalesce(select(sum(REPORT.UNITS)).from(REPORT).where(sent, REPORT.REJECTED_AT.isNotNull()).asField(), BigDecimal.ZERO);
        Field<BigDecimal> open = coalesce(select(sum(REPORT.UNITS)).from(REPORT).where(ofIt, REPORT.STATE.eq(State.OPEN.name())).asField(), BigDecimal.ZERO);
        Field<BigDecimal> unreported = coalesce(select(sum(TALLY.COUNTED.minus(TALLY.REPORTED))).from(TALLY)
                .where(TALLY.ACCOUNT_ID.eq(account.value()), TALLY.PRICE_ID.eq(METERED_PRICE.ID)).asField(), BigDecimal.ZERO);
        Field<Instant> reportedAt = select(max(REPORT.SETTLED_AT)).from(REPORT).where(sent).asField();
        return db.select(METERED_PRICE.FEATURE_ID, METERED_PRICE.UNIT_MINOR, METERED_PRICE.CURRENCY, reported, rejected, open, unreported, reportedAt)
                .from(METERED_PRICE)
                .where(METERED_PRICE.FEATURE_ID.in(features.stream().map(FeatureId::value).toList()))
                .andExists(select(TALLY.PRICE_ID).from(TALLY).where(TALLY.ACCOUNT_ID.eq(account.value()), TALLY.PRICE_ID.eq(METERED_PRICE.ID)))
                .orderBy(METERED_PRICE.ID)
                .fetch(row -> new Charged(
                        new FeatureId(row.value1()), new UnitPrice(row.value2(), row.value3()), row.value4().longValueExact(),
                        row.value5().longValueExact(), row.value6().add(row.value7()).longValueExact(), row.value8()));
    }
}
