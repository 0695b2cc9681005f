package dev.headroom.policy;

import static dev.headroom.policy.jooq.Tables.CREDIT_GUARD;
import static dev.headroom.policy.jooq.Tables.TRANSITION_RULE;
import static org.jooq.Records.mapping;

import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.policy.CreditGuard.Measure;
import dev.headroom.policy.TransitionRule.RuleId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class PolicyRepository {

    private final DSLContext db;

    PolicyRepository(DSLContext db) {
        this.db = db;
    }

    /** What every product has that has anything. */
    Map<ProductId, ProductPolicy> all() {
        Map<ProductId, List<TransitionRule>> rules = rules(TRANSITION_RULE.ID.isNotNull()).stream().collect(Collectors.groupingBy(TransitionRule::product));
        Map<ProductId, CreditGuard> guards = db.select(CREDIT_GUARD.PRODUCT_ID, CREDIT_GUARD.DAYS, CREDIT_GUARD.MEASURE)
                .from(CREDIT_GUARD)
                .fetchMap(row -> new ProductId(row.value1()), row -> new CreditGuard(row.value2(), Measure.valueOf(row.value3())));
        return Stream.concat(rules.keySet().stream(), guards.keySet().stream()).distinct().collect(Collectors.toMap(
                Function.identity(), product -> new ProductPolicy(rules.getOrDefault(product, List.of()), guards.getOrDefault(product, CreditGuard.USUAL))));
    }

    private List<TransitionRule> rules(Condition which) {
        return db.select(
                        TRANSITION_RULE.ID.convertFrom(RuleId::new), TRANSITION_RULE.PRODUCT_ID.convertFrom(ProductId::new),
                        TRANSITION_RULE.KIND.convertFrom(ChangeKind::valueOf), plan(TRANSITION_RULE.FROM_PLAN_ID), plan(TRANSITION_RULE.TO_PLAN_ID),
                        TRANSITION_RULE.TRANSITION.convertFrom(Transition::valueOf))
                .from(TRANSITION_RULE)
                .where(which)
                .fetch(mapping(TransitionRule::new));
    }

    private static SelectField<@Nullable PlanId> plan(Field<UUID> id) {
        return id.convertFrom(plan -> plan == null ? null : new PlanId(plan));
    }

    Optional<TransitionRule> byId(RuleId id) {
        return rules(TRANSITION_RULE.ID.eq(id.value())).stream().findFirst();
    }

    /** The rule for the same changes, if there is one. */
    Optional<TransitionRule> like(TransitionRule rule) {
        return rules(TRANSITION_RULE.PRODUCT_ID.eq(rule.product().value())
                .and(TRANSITION_RULE.KIND.eq(rule.kind().name()))
                .and(TRANSITION_RULE.FROM_PLAN_ID.isNotDistinctFrom(id(rule.from())))
                .and(TRANSITION_RULE.TO_PLAN_ID.isNotDistinctFrom(id(rule.to())))).stream().findFirst();
    }

    /** False when there is one for the same changes. */
    boolean insert(TransitionRule rule) {
        return db.insertInto(TRANSITION_RULE)
                .set(TRANSITION_RULE.ID, rule.id().value())
                .set(TRANSITION_RULE.PRODUCT_ID, rule.product().value())
                .set(TRANSITION_RULE.KIND, rule.kind().name())
                .set(TRANSITION_RULE.FROM_PLAN_ID, id(rule.from()))
                .set(TRANSITION_RULE.TO_PLAN_ID, id(rule.to()))
                .set(TRANSITION_RULE.TRANSITION, rule.transition().name())
                .onConflictDoNothing()
                .execute() == 1;
    }

    boolean delete(RuleId id) {
        return db.deleteFrom(TRANSITION_RULE).where(TRANSITION_RULE.ID.eq(id.value())).execute() == 1;
    }

    int count(ProductId product) {
        return db.fetchCount(TRANSITION_RULE, TRANSITION_RULE.PRODUCT_ID.eq(product.value()));
    }

    /** What was said of the guard before; empty where it was the usual one. */
    Optional<CreditGuard> guard(ProductId product) {
        return db.select(CREDIT_GUARD.DAYS, CREDIT_GUARD.MEASURE)
                .from(CREDIT_GUARD)
                .where(CREDIT_GUARD.PRODUCT_ID.eq(product.value()))
                .forUpdate()
                .fetchOptional(row -> new CreditGuard(row.value1(), Measure.valueOf(row.value2())));
    }

    void set(ProductId product, CreditGuard guard) {
        db.insertInto(CREDIT_GUARD)
                .set(CREDIT_GUARD.PRODUCT_ID, product.value())
                .set(CREDIT_GUARD.DAYS, guard.days())
                .set(CREDIT_GUARD.MEASURE, guard.measure().name())
                .onConflict(CREDIT_GUARD.PRODUCT_ID)
                .doUpdate()
                .set(CREDIT_GUARD.DAYS, guard.days())
                .set(CREDIT_GUARD.MEASURE, guard.measure().name())
                .execute();
    }

    private static @Nullable UUID id(@Nullable PlanId plan) {
        return plan == null ? null : plan.value();
    }
}
