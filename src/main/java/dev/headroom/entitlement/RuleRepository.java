package dev.headroom.entitlement;

import static dev.headroom.entitlement.jooq.Tables.ROLL_OUT;
import static dev.headroom.entitlement.jooq.Tables.UNLOCKED;
import static dev.headroom.entitlement.jooq.Tables.UNLOCK_RULE;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.RollOuts.RollOut;
import dev.headroom.entitlement.Unlocks.UnlockRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Records;
import org.springframework.stereotype.Repository;

@Repository
class RuleRepository {

    private final DSLContext db;

    RuleRepository(DSLContext db) {
        this.db = db;
    }

    List<RollOut> rollOuts() {
        return db.select(ROLL_OUT.FEATURE_ID.convertFrom(FeatureId::new), ROLL_OUT.PERCENT, ROLL_OUT.SET_BY, ROLL_OUT.SET_AT)
                .from(ROLL_OUT)
                .orderBy(ROLL_OUT.SET_AT.desc(), ROLL_OUT.FEATURE_ID)
                .fetch(Records.mapping(RollOut::new));
    }

    Optional<RollOut> rollOut(FeatureId feature) {
        return rollOuts().stream().filter(each -> each.feature().equals(feature)).findFirst();
    }

    void set(RollOut rollOut) {
        db.insertInto(ROLL_OUT)
                .set(ROLL_OUT.FEATURE_ID, rollOut.feature().value())
                .set(ROLL_OUT.PERCENT, rollOut.percent())
                .set(ROLL_OUT.SET_BY, rollOut.setBy())
                .set(ROLL_OUT.SET_AT, rollOut.setAt())
                .onConflict(ROLL_OUT.FEATURE_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    List<UnlockRule> unlockRules() {
        return db.select(
                        UNLOCK_RULE.FEATURE_ID.convertFrom(FeatureId::new), UNLOCK_RULE.METER_ID.convertFrom(FeatureId::new), UNLOCK_RULE.UNITS,
                        UNLOCK_RULE.SET_BY, UNLOCK_RULE.SET_AT)
                .from(UNLOCK_RULE)
                .orderBy(UNLOCK_RULE.SET_AT.desc(), UNLOCK_RULE.FEATURE_ID)
                .fetch(Records.mapping(UnlockRule::new));
    }

    Optional<UnlockRule> unlockRule(FeatureId feature) {
        return unlockRules().stream().filter(each -> each.feature().equals(feature)).findFirst();
    }

    void set(UnlockRule rule) {
        db.insertInto(UNLOCK_RULE)
                .set(UNLOCK_RULE.FEATURE_ID, rule.feature().value())
                .set(UNLOCK_RULE.METER_ID, rule.meter().value())
                .set(UNLOCK_RULE.UNITS, rule.units())
                .set(UNLOCK_RULE.SET_BY, rule.setBy())
                .set(UNLOCK_RULE.SET_AT, rule.setAt())
                .onConflict(UNLOCK_RULE.FEATURE_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    void remove(UnlockRule rule) {
        db.deleteFrom(UNLOCK_RULE).where(UNLOCK_RULE.FEATURE_ID.eq(rule.feature().value())).execute();
    }

    /**
     * Opens gates; one that is open stays as it is.
     *
     * @param sorted so that nobody waits for each other
     * @return the accounts for whom one has opened
     */
    Set<AccountId> unlock(List<Unlock> sorted) {
        return db.insertInto(UNLOCKED, UNLOCKED.ACCOUNT_ID, UNLOCKED.FEATURE_ID, UNLOCKED.METER_ID, UNLOCKED.UNITS, UNLOCKED.AT)
                .valuesOfRows(sorted.stream().map(each -> row(
                        each.account().value(), each.feature().value(), each.meter().value(), each.units(), each.at())).toList())
                .onConflictDoNothing()
                .returningResult(UNLOCKED.ACCOUNT_ID.convertFrom(AccountId::new))
                .fetchSet(Record1::value1);
    }

    Map<AccountId, Set<FeatureId>> unlocked(Collection<AccountId> accounts) {
        return db.select(UNLOCKED.ACCOUNT_ID.convertFrom(AccountId::new), UNLOCKED.FEATURE_ID.convertFrom(FeatureId::new))
                .from(UNLOCKED)
                .where(UNLOCKED.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()))
                .fetch()
                .stream()
                .collect(groupingBy(row -> row.value1(), mapping(row -> row.value2(), toSet())));
    }

    /** Newest first. */
    Map<AccountId, List<Unlock>> ofAccounts(Collection<AccountId> accounts) {
        return db.select(
                        UNLOCKED.ACCOUNT_ID.convertFrom(AccountId::new), UNLOCKED.FEATURE_ID.convertFrom(FeatureId::new),
                        UNLOCKED.METER_ID.convertFrom(FeatureId::new), UNLOCKED.UNITS, UNLOCKED.AT)
                .from(UNLOCKED)
                .where(UNLOCKED.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()))
                .orderBy(UNLOCKED.AT.desc(), UNLOCKED.FEATURE_ID)
                .fetch(Records.mapping(Unlock::new))
                .stream()
                .collect(groupingBy(Unlock::account));
    }
}
