package dev.headroom.sync;

import static dev.headroom.sync.jooq.Tables.FINDING;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.headroom.sync.ImportFinding.ImportedKind;
import dev.headroom.sync.ImportFinding.Outcome;
import dev.headroom.sync.ImportFinding.Tally;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record6;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The reports of imports. */
@Repository
class FindingRepository {

    private final DSLContext db;

    FindingRepository(DSLContext db) {
        this.db = db;
    }

    /** The first finding about an object stays. */
    void put(Walk walk, ImportFinding finding) {
        db.insertInto(FINDING)
                .set(FINDING.WALK_ID, walk.id())
                .set(FINDING.KIND, finding.kind().name())
                .set(FINDING.STRIPE_ID, finding.stripeId())
                .set(FINDING.OUTCOME, finding.outcome().name())
                .set(FINDING.NAME, finding.name())
                .set(FINDING.BECOMES, finding.becomes())
                .set(FINDING.REASON, finding.reason())
                .onConflictDoNothing()
                .execute();
    }

    /** What is said of some objects, by their ids at Stripe. */
    Map<String, ImportFinding> of(Walk walk, ImportedKind kind, Collection<String> stripeIds) {
        return findings(walk.id())
                .and(FINDING.KIND.eq(kind.name()))
                .and(FINDING.STRIPE_ID.in(stripeIds))
                .fetch(mapping(ImportFinding::new))
                .stream()
                .collect(Collectors.toMap(ImportFinding::stripeId, Function.identity()));
    }

    /** Whether another object became the same. */
    boolean became(Walk walk, ImportedKind kind, String becomes) {
        return db.fetchExists(FINDING, FINDING.WALK_ID.eq(walk.id()), FINDING.KIND.eq(kind.name()), FINDING.BECOMES.eq(becomes), FINDING.OUTCOME.eq(Outcome.MAPPED.name()));
    }

    List<Tally> tallies(UUID walk) {
        return db.select(FINDING.KIND.convertFrom(ImportedKind::valueOf), FINDING.OUTCOME.convertFrom(Outcome::valueOf), count())
                .from(FINDING)
                .where(FINDING.WALK_ID.eq(walk))
                .groupBy(FINDING.KIND, FINDING.OUTCOME)
                .orderBy(FINDING.KIND, FINDING.OUTCOME)
                .fetch(mapping(Tally::new));
    }

    /** @param outcome absent for all; @param after the last one of the page before */
    List<ImportFinding> page(UUID walk, @Nullable Outcome outcome, @Nullable ImportFinding after, int most) {
        return findings(walk)
                .and(outcome == null ? noCondition() : FINDING.OUTCOME.eq(outcome.name()))
                .and(after == null ? noCondition() : row(FINDING.KIND, FINDING.STRIPE_ID).gt(after.kind().name(), after.stripeId()))
                .orderBy(FINDING.KIND, FINDING.STRIPE_ID)
                .limit(most)
                .fetch(mapping(ImportFinding::new));
    }

    private SelectConditionStep<Record6<ImportedKind, String, Outcome, String, String, String>> findings(UUID walk) {
        return db.select(
                        FINDING.KIND.convertFrom(ImportedKind::valueOf), FINDING.STRIPE_ID, FINDING.OUTCOME.convertFrom(Outcome::valueOf), FINDING.NAME,
                        FINDING.BECOMES, FINDING.REASON)
                .from(FINDING)
                .where(FINDING.WALK_ID.eq(walk));
    }
}
