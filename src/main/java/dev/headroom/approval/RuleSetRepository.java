package dev.headroom.approval;

import static dev.headroom.approval.jooq.Tables.RULES;

import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record9;
import org.jooq.Records;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class RuleSetRepository {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final DSLContext db;

    RuleSetRepository(DSLContext db) {
        this.db = db;
    }

    Optional<ApprovalRules> current(ProductId product) {
        return Optional.ofNullable(current(List.of(product)).get(product));
    }

    /** Of those products that have any. */
    Map<ProductId, ApprovalRules> current(Collection<ProductId> products) {
        return db.select(
                        RULES.PRODUCT_ID.convertFrom(ProductId::new), RULES.VERSION, RULES.SEATS, RULES.RECURRING.convertFrom(RuleSetRepository::amounts),
                        RULES.DISCOUNT, RULES.PLAN_IDS.convertFrom(ids -> Arrays.stream(ids).map(PlanId::new).toList()), RULES.REQUEST_DAYS,
                        RULES.SET_BY, RULES.SET_AT)
                .distinctOn(RULES.PRODUCT_ID)
                .from(RULES)
                .where(RULES.PRODUCT_ID.in(products.stream().map(ProductId::value).toList()))
                .orderBy(RULES.PRODUCT_ID, RULES.VERSION.desc())
                .fetchMap(Record9::value1, Records.mapping(ApprovalRules::new));
    }

    /** False when somebody else has set that version. */
    boolean insert(ApprovalRules rules) {
        return db.insertInto(RULES)
                .set(RULES.PRODUCT_ID, rules.product().value())
                .set(RULES.VERSION, rules.version())
                .set(RULES.SEATS, rules.seats())
                .set(RULES.RECURRING, amounts(rules.recurring()))
                .set(RULES.DISCOUNT, rules.discount())
                .set(RULES.PLAN_IDS, rules.plans().stream().map(PlanId::value).toArray(UUID[]::new))
                .set(RULES.REQUEST_DAYS, rules.requestDays())
                .set(RULES.SET_BY, rules.setBy())
                .set(RULES.SET_AT, rules.setAt())
                .onConflictDoNothing()
                .execute() == 1;
    }

    private static List<Money> amounts(JSONB stored) {
        return MAPPER.readValue(stored.data(), new TypeReference<Map<String, Long>>() {}).entrySet().stream()
                .map(each -> Money.of(each.getValue(), each.getKey()))
                .sorted(Comparator.comparing(amount -> amount.currency().getCurrencyCode()))
                .toList();
    }

    private static JSONB amounts(List<Money> amounts) {
        Map<String, Long> byCurrency = new TreeMap<>();
        amounts.forEach(amount -> byCurrency.put(amount.currency().getCurrencyCode(), amount.minor()));
        return JSONB.valueOf(MAPPER.writeValueAsString(byCurrency));
    }
}
