package dev.headroom.value;

import static dev.headroom.value.jooq.Tables.METRICS;

import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Records;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class ValueMetricRepository {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final DSLContext db;

    ValueMetricRepository(DSLContext db) {
        this.db = db;
    }

    private record StoredMetric(UUID feature, String currency, BigDecimal amount, @Nullable Integer minutes, String basis) {}

    private record StoredAmount(String currency, long minor) {}

    /** The latest of each product that has any. */
    Map<ProductId, ValueMetrics> current(Collection<ProductId> products) {
        return db.select(
                        METRICS.PRODUCT_ID.convertFrom(ProductId::new), METRICS.VERSION, METRICS.METRICS_.convertFrom(ValueMetricRepository::metrics),
                        METRICS.IMPLEMENTATION.convertFrom(ValueMetricRepository::amounts), METRICS.SET_BY, METRICS.SET_AT)
                .distinctOn(METRICS.PRODUCT_ID)
                .from(METRICS)
                .where(METRICS.PRODUCT_ID.in(products.stream().map(ProductId::value).toList()))
                .orderBy(METRICS.PRODUCT_ID, METRICS.VERSION.desc())
                .fetchMap(found -> found.value1(), Records.mapping(ValueMetrics::new));
    }

    /** False when somebody else has set that version. */
    boolean insert(ValueMetrics metrics) {
        return db.insertInto(METRICS)
                .set(METRICS.PRODUCT_ID, metrics.product().value())
                .set(METRICS.VERSION, metrics.version())
                .set(METRICS.METRICS_, JSONB.valueOf(MAPPER.writeValueAsString(metrics.metrics().stream().map(ValueMetricRepository::stored).toList())))
                .set(METRICS.IMPLEMENTATION, JSONB.valueOf(MAPPER.writeValueAsString(
                        metrics.implementation().stream().map(each -> new StoredAmount(each.currency().getCurrencyCode(), each.minor())).toList())))
                .set(METRICS.SET_BY, metrics.setBy())
                .set(METRICS.SET_AT, metrics.setAt())
                .onConflictDoNothing()
                .execute() == 1;
    }

    private static StoredMetric stored(ValueMetric each) {
        return new StoredMetric(each.feature().value(), each.amount().currency().getCurrencyCode(), each.amount().minor(), each.minutes(), each.basis());
    }

    private static List<ValueMetric> metrics(JSONB stored) {
        return MAPPER.readValue(stored.data(), new TypeReference<List<StoredMetric>>() {}).stream()
                .map(each -> new ValueMetric(
                        new FeatureId(each.feature), new UnitPrice(each.amount, Currencies.parse(each.currency)), each.minutes, each.basis))
                .toList();
    }

    private static List<Money> amounts(JSONB stored) {
        return MAPPER.readValue(stored.data(), new TypeReference<List<StoredAmount>>() {}).stream().map(each -> Money.of(each.minor, each.currency)).toList();
    }
}
