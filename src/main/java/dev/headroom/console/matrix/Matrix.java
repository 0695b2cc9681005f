package dev.headroom.console.matrix;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.catalog.EntitlementText;
import dev.headroom.console.catalog.GrantFile;
import dev.headroom.draft.Draft;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine.Model;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The features of a product against its plans: what is sold, and what is being prepared. */
record Matrix(Product product, List<Column> columns, List<Feature> features) {

    /**
     * A plan.
     *
     * @param sold     the version on sale, as a sheet; absent where nothing is
     * @param draft    that is open; absent where there is none, or whoever looks may not see it
     * @param findings of the draft
     */
    record Column(String key, String name, int rank, @Nullable PlanVersion version, @Nullable PlanSheet sold, @Nullable Draft draft, List<Finding> findings) {

        static Column of(PlanVersion version, @Nullable Draft draft, List<Finding> findings) {
            return new Column(version.plan().key(), version.plan().name(), version.plan().rank(), version, version.sheet(), draft, findings);
        }

        /** Of a plan that is not sold yet. */
        static Column of(Draft draft, List<Finding> findings) {
            String name = Optional.ofNullable(draft.sheet().name()).filter(text -> !text.isBlank()).orElse(draft.subject().key());
            return new Column(draft.subject().key(), name, Optional.ofNullable(draft.sheet().rank()).orElse(Integer.MAX_VALUE), null, null, draft, findings);
        }

        /** What would be sold next; empty where that grants nothing of the feature. */
        Optional<EntitlementLine> next(Feature feature) {
            return draft == null ? line(sold, feature) : line(draft.sheet(), feature);
        }

        private static Optional<EntitlementLine> line(@Nullable PlanSheet sheet, Feature feature) {
            return sheet == null ? Optional.empty() : sheet.entitlements().stream().filter(line -> line.feature().equals(feature.key())).findFirst();
        }

        /** Whether how much is granted is what is bought. */
        boolean bought(Feature feature) {
            PlanSheet sheet = draft == null ? sold : draft.sheet();
            return feature.seats() && sheet != null && sheet.prices().stream().anyMatch(price -> price.chosen().orElse(Model.FLAT) != Model.FLAT);
        }

        Content content(Feature feature) {
            String sells = sold == null ? null : text(sold, feature);
            if (draft == null) {
                return new Content(sells, null, List.of());
            }
            boolean same = sold != null && line(sold, feature).equals(next(feature));
            String prepared = same ? null : text(draft.sheet(), feature);
            List<Finding> found = next(feature).map(line -> findings.stream().filter(each -> each.path().startsWith("entitlements[" + line.id() + "]")).toList()).orElse(List.of());
            return new Content(sells, prepared != null && prepared.equals(sells) ? translate("matrix.otherwise", prepared) : prepared, found);
        }

        /** For machines. */
        Stream<@Nullable Object[]> lines(Product product, Feature feature) {
            return Stream.concat(
                    Stream.ofNullable(version).map(sells -> GrantFile.sold(product.key(), feature.key(), sells)),
                    Stream.ofNullable(draft).map(next -> GrantFile.drafted(product.key(), feature.key(), key, next.sheet())));
        }

        private static String text(PlanSheet sheet, Feature feature) {
            return line(sheet, feature).map(line -> EntitlementText.drafted(line, feature, Plan.Kind.TIER, sheet)).orElseGet(() -> translate("entitlement.absent"));
        }
    }

    /**
     * What stands in a cell.
     *
     * @param sold    absent of a plan that is not sold yet
     * @param drafted absent where that is the same
     */
    record Content(@Nullable String sold, @Nullable String drafted, List<Finding> findings) {

        String effective() {
            return drafted == null ? String.valueOf(sold) : drafted;
        }
    }

    /** A feature that no plan can be given any more is shown where one has it. */
    static Matrix of(Product product, CatalogSnapshot known, Stream<Column> columns) {
        List<Column> plans = columns.sorted(Comparator.comparingInt(Column::rank).thenComparing(Column::key)).toList();
        return new Matrix(product, plans, known.featuresOf(product.id()).stream()
                .filter(feature -> !feature.retired() || plans.stream().anyMatch(plan -> plan.next(feature).isPresent()))
                .toList());
    }

    Matrix differing() {
        return new Matrix(product, columns, features.stream()
                .filter(feature -> columns.stream().map(column -> column.content(feature)).distinct().count() > 1)
                .toList());
    }
}
