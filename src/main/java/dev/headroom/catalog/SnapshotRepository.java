package dev.headroom.catalog;

import static dev.headroom.catalog.jooq.Tables.FEATURE;
import static dev.headroom.catalog.jooq.Tables.PRODUCT;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.time.Reset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the catalogue whole, of which each node reads anew only the products of which something was written since it read them. */
@Repository
class SnapshotRepository {

    private static final TypeReference<Map<String, List<String>>> FILTER = new TypeReference<>() {};
    private static final Field<@Nullable String> WRITERS = field(name("writers"), String.class);

    /** PostgreSQL knows of every row which transaction wrote it: so nobody has to say what was written, and nobody can forget to. */
    private static final String WRITTEN = """
            select id, key, name, description, writers from catalog.product left join (
              select product_id, string_agg(distinct writer, ' ') as writers from (
                select product_id, xmin::text as writer from catalog.feature
                union all select product_id, xmin::text from catalog.offer
                union all select product_id, xmin::text from catalog.plan
                union all select product_id, version.xmin::text from catalog.plan join catalog.plan_version version on version.plan_id = plan.id
              ) written group by product_id
            ) of_product on product_id = product.id order by id""";

    private final DSLContext db;
    private final JsonMapper json;
    private final VersionRepository versions;
    private final OfferRepository offers;
    private final Map<ProductId, Part> known = new ConcurrentHashMap<>();

    SnapshotRepository(DSLContext db, JsonMapper json, VersionRepository versions, OfferRepository offers) {
        this.db = db;
        this.json = json;
        this.versions = versions;
        this.offers = offers;
    }

    /** @param writers the transactions that wrote what there is of it: others than before once anything was written, for nothing is ever deleted */
    private record Written(Product product, @Nullable String writers) {}

    /** All there is of a product. */
    private record Part(Written as, List<Feature> features, List<PlanVersion> versions, List<Offer> offers) {}

    CatalogSnapshot load() {
        List<Written> all = db.resultQuery(WRITTEN)
                .coerce(PRODUCT.ID.convertFrom(ProductId::new), PRODUCT.KEY, PRODUCT.NAME, PRODUCT.DESCRIPTION, WRITERS)
                .fetch(mapping((id, key, name, description, writers) -> new Written(new Product(id, key, name, description), writers)));
        Map<ProductId, Part> read = read(all.stream().filter(each -> !isKnown(each)).toList());
        // Within a transaction something may be read that is never committed, or is not yet what it will be.
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            known.putAll(read);
        }
        List<Part> parts = all.stream().map(each -> part(each.product().id(), read)).toList();
        return new CatalogSnapshot(
                all.stream().map(Written::product).toList(), each(parts, Part::features).toList(),
                each(parts, Part::versions).sorted(Comparator.comparingInt(version -> version.plan().rank())).toList(), each(parts, Part::offers).toList());
    }

    private boolean isKnown(Written product) {
        Part part = known.get(product.product().id());
        return part != null && part.as().equals(product);
    }

    private Part part(ProductId product, Map<ProductId, Part> read) {
        Part now = read.get(product);
        return now == null ? Objects.requireNonNull(known.get(product)) : now;
    }

    private static <V> Stream<V> each(List<Part> parts, Function<Part, List<V>> what) {
        return parts.stream().flatMap(part -> what.apply(part).stream());
    }

    private Map<ProductId, Part> read(List<Written> products) {
        if (products.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = products.stream().map(each -> each.product().id().value()).toArray(UUID[]::new);
        List<VersionRepository.Head> sold = versions.heads(ids);
        List<Feature> features = features(ids);
        Map<ProductId, List<Feature>> byProduct = features.stream().collect(groupingBy(Feature::product));
        Map<ProductId, List<PlanVersion>> versionsOf = versions.whole(sold, features).stream().collect(groupingBy(version -> version.plan().product()));
        Map<ProductId, List<Offer>> offersOf = offers.of(ids).stream().collect(groupingBy(Offer::product));
        return products.stream().collect(toMap(each -> each.product().id(), each -> part(each, byProduct, versionsOf, offersOf)));
    }

    private static Part part(Written as, Map<ProductId, List<Feature>> features, Map<ProductId, List<PlanVersion>> versions, Map<ProductId, List<Offer>> offers) {
        ProductId id = as.product().id();
        return new Part(as, features.getOrDefault(id, List.of()), versions.getOrDefault(id, List.of()), offers.getOrDefault(id, List.of()));
    }

    private List<Feature> features(UUID[] products) {
        return db.select(
                        FEATURE.ID.convertFrom(FeatureId::new), FEATURE.PRODUCT_ID.convertFrom(ProductId::new), FEATURE.KEY, FEATURE.NAME,
                        FEATURE.KIND.convertFrom(FeatureKind::valueOf), FEATURE.UNIT, FEATURE.RESET.convertFrom(Reset::valueOf), FEATURE.ROLLING_DAYS,
                        FEATURE.SEATS, FEATURE.AGGREGATION, FEATURE.PROPERTY, FEATURE.FILTER, FEATURE.GROUP_BY, FEATURE.SOURCE,
                        FEATURE.THRESHOLDS.convertFrom(List::of), FEATURE.DESCRIPTION, FEATURE.RETIRED_AT)
                .from(FEATURE)
                .where(FEATURE.PRODUCT_ID.eq(any(products)))
                .orderBy(FEATURE.PRODUCT_ID, FEATURE.RANK, FEATURE.ID)
                .fetch(mapping((id, product, key, name, kind, unit, reset, rollingDays, seats, aggregation, property, filter, groups, source, thresholds, description, retired) ->
                        new Feature(id, product, key, name, kind, unit, reset, rollingDays, seats, meter(aggregation, property, filter, groups, source), thresholds, description, retired)));
    }

    private @Nullable MeterRule meter(@Nullable String aggregation, @Nullable String property, JSONB filter, String[] groups, @Nullable String source) {
        return aggregation == null ? null : new MeterRule(Aggregation.valueOf(aggregation), property, json.readValue(filter.data(), FILTER), List.of(groups), source);
    }

    /** A server that took over may give numbers to its transactions that this node has seen already, of transactions that were lost with the other one. */
    @EventListener
    void on(BroadcastInterrupted interrupted) {
        known.clear();
    }
}
