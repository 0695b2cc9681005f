package dev.headroom.overage;

import static dev.headroom.overage.jooq.Tables.REJECTION;
import static dev.headroom.overage.jooq.Tables.REPORT;
import static org.jooq.impl.DSL.max;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.overage.UsageRejection.RejectedReport;
import dev.headroom.stripe.StripeMeterGateway.Rejection;
import dev.headroom.stripe.StripeMeterGateway.Rejection.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What Stripe has said since of reports. */
@Repository
class RejectionRepository {

    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    private final DSLContext db;
    private final JsonMapper json;

    RejectionRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** @param rejection as Stripe told of it */
    record Heard(Rejection rejection, Instant heardAt) {}

    Optional<Instant> latest() {
        return db.select(max(REJECTION.AT)).from(REJECTION).fetchSingle().into(Instant.class) instanceof Instant at ? Optional.of(at) : Optional.empty();
    }

    /** False when it was heard before. */
    boolean insert(Rejection rejection, Instant heardAt) {
        return db.insertInto(REJECTION)
                .set(REJECTION.EVENT, rejection.event())
                .set(REJECTION.AT, rejection.at())
                .set(REJECTION.HEARD_AT, heardAt)
                .set(REJECTION.METER, rejection.meter())
                .set(REJECTION.LOOKED_FROM, rejection.from())
                .set(REJECTION.LOOKED_UNTIL, rejection.until())
                .set(REJECTION.COUNT, rejection.count())
                .set(REJECTION.SUMMARY, rejection.summary())
                .set(REJECTION.REASONS, JSONB.valueOf(json.writeValueAsString(rejection.reasons())))
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** Stripe does not count these. */
    void reject(Collection<UUID> reports, Instant at) {
        db.update(REPORT).set(REPORT.REJECTED_AT, at).where(REPORT.ID.in(reports), REPORT.REJECTED_AT.isNull()).execute();
    }

    /** The newest first. */
    List<Heard> newest(int most) {
        return db.selectFrom(REJECTION).orderBy(REJECTION.AT.desc(), REJECTION.EVENT.desc()).limit(most).fetch(row -> new Heard(
                new Rejection(
                        row.getEvent(), row.getAt(), row.getMeter(), row.getLookedFrom(), row.getLookedUntil(), row.getCount(), row.getSummary(),
                        json.readValue(row.getReasons().data(), REASONS)),
                row.getHeardAt()));
    }

    Map<UUID, RejectedReport> reports(Collection<UUID> ids) {
        return db.selectFrom(REPORT).where(REPORT.ID.in(ids)).fetchMap(
                REPORT.ID, row -> new RejectedReport(new AccountId(row.getAccountId()), new FeatureId(row.getFeatureId()), row.getUnits()));
    }
}
