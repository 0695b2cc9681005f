package dev.headroom.storefront;

import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.ProductId;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one who looks is shown of all that is on sale.
 *
 * @param account whose own prices are there in the place of what they were made of; absent is somebody of whom nothing is known
 */
record Shelves(CatalogSnapshot known, @Nullable UUID account, Currency currency) {

    List<PlanVersion> listed(ProductId product, Plan.Kind kind) {
        if (account != null) {
            return known.listed(product, kind, account, currency);
        }
        return (kind == Plan.Kind.TIER ? known.onSale(product) : known.addOnsOnSale(product)).stream().filter(version -> version.plan().listed()).toList();
    }

    /** Those of them that cost something that is shown. */
    List<PlanVersion> priced(ProductId product, Plan.Kind kind) {
        return listed(product, kind).stream().filter(version -> List.of(Interval.values()).stream().anyMatch(interval -> price(version, interval).isPresent())).toList();
    }

    Optional<PlanPrice> price(PlanVersion version, Interval interval) {
        return account == null ? version.price(interval, currency) : known.shown(version, interval, currency, account);
    }

    /** A bundle that has to do with the product, and of which a buyer is shown everything. */
    boolean shows(Bundle bundle, Product product) {
        return bundle.members().stream().anyMatch(member -> member.product().equals(product.id())) && bundle.members().stream().allMatch(this::shows);
    }

    private boolean shows(Member member) {
        return priced(member.product(), member.addOn() == null ? Plan.Kind.TIER : Plan.Kind.ADD_ON).stream().map(PlanVersion::plan).anyMatch(member::is);
    }
}
