package dev.headroom.sync;

import static java.util.stream.Collectors.groupingBy;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Catalog.TakePlan;
import dev.headroom.catalog.Catalog.TakenVersion;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.CreateProduct;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.State;
import dev.headroom.stripe.StripeAccountGateway;
import dev.headroom.stripe.StripeAccountGateway.Catalogue;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import dev.headroom.stripe.StripeAccountGateway.ProductAtStripe;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes in what is sold at Stripe: a product becomes a plan, its prices the plan's versions, each linked in the transaction that makes it. */
@Service
class PlanImports {

    private static final Actor.System SELF = new Actor.System("import");
    private static final int HIGHEST_RANK = 1_000;
    private static final int LONGEST_KEY = 60;

    private final Catalog catalog;
    private final StripeAccountGateway stripe;
    private final StripeLinksRepository links;
    private final FindingRepository findings;
    private final TransactionTemplate transaction;

    PlanImports(
            Catalog catalog, StripeAccountGateway stripe, StripeLinksRepository links, FindingRepository findings, TransactionTemplate transaction) {
        this.catalog = catalog;
        this.stripe = stripe;
        this.links = links;
        this.findings = findings;
        this.transaction = transaction;
    }

    /** @return how many products and prices were looked at */
    int take(Walk walk) {
        Catalogue theirs = stripe.catalogue();
        Map<String, List<PriceAtStripe>> prices = theirs.prices().stream().collect(groupingBy(PriceAtStripe::product));
        List<ProductAtStripe> cheapestFirst = theirs.products().stream()
                .sorted(Comparator.comparing((ProductAtStripe product) -> monthly(prices.getOrDefault(product.id(), List.of()))).thenComparing(ProductAtStripe::id))
                .toList();
        Map<String, ImportFinding> done = findings.of(walk, ImportFinding.ImportedKind.PRODUCT, theirs.products().stream().map(ProductAtStripe::id).toList());
        for (int rank = 0; rank < cheapestFirst.size(); rank++) {
            ProductAtStripe product = cheapestFirst.get(rank);
            if (!done.containsKey(product.id())) {
                take(walk, product, prices.getOrDefault(product.id(), List.of()), Math.min(rank, HIGHEST_RANK));
            }
        }
        return theirs.products().size() + theirs.prices().size();
    }

    /** What one of it costs a month, at the cheapest price. */
    private static long monthly(List<PriceAtStripe> prices) {
        return prices.stream().filter(price -> price.terms() != null).mapToLong(price -> price.terms().mrr(1).minor()).min().orElse(Long.MAX_VALUE);
    }

    private void take(Walk walk, ProductAtStripe product, List<PriceAtStripe> prices, int rank) {
        Optional<PlanId> known = links.local(Kind.PRODUCT, product.id()).map(PlanId::new);
        if (known.isPresent()) {
            transaction.executeWithoutResult(_ -> report(walk, product, prices));
            return;
        }
        List<PlanShape.Version> shape = PlanShape.of(product, prices.stream().filter(price -> price.terms() != null).toList());
        transaction.executeWithoutResult(_ -> {
            prices.stream().filter(price -> price.terms() == null).forEach(price -> refuse(walk, product, price, String.valueOf(price.unknown())));
            if (shape.isEmpty()) {
                findings.put(walk, ImportFinding.notMapped(
                        ImportFinding.ImportedKind.PRODUCT, product.id(), product.name(), "It has no price that recurs and can be mapped"));
            } else {
                take(walk, product, rank, shape);
            }
        });
    }

    /** A plan that is here already; a price that somebody made beside those that we know belongs to no version of it. */
    private void report(Walk walk, ProductAtStripe product, List<PriceAtStripe> prices) {
        findings.put(walk, ImportFinding.known(ImportFinding.ImportedKind.PRODUCT, product.id(), product.name(), "plan " + product.name()));
        for (PriceAtStripe price : prices) {
            if (links.local(Kind.PRICE, price.id()).isPresent()) {
                findings.put(walk, ImportFinding.known(ImportFinding.ImportedKind.PRICE, price.id(), product.name(), "price of " + product.name()));
            } else {
                refuse(walk, product, price, price.terms() == null ? String.valueOf(price.unknown()) : "Its plan is here already, and a published version never changes");
            }
        }
    }

    private void refuse(Walk walk, ProductAtStripe product, PriceAtStripe price, String reason) {
        findings.put(walk, ImportFinding.notMapped(ImportFinding.ImportedKind.PRICE, price.id(), product.name(), reason));
    }

    private void take(Walk walk, ProductAtStripe product, int rank, List<PlanShape.Version> shape) {
        String key = key(product);
        if (walk.kind() == Walk.Kind.IMPORT) {
            List<PlanVersion> made = catalog.take(SELF, new TakePlan(
                    product(walk), key, product.name(), product.description(), rank,
                    shape.stream().map(version -> new TakenVersion(version.state(), version.prices().stream().map(price -> Objects.requireNonNull(price.terms())).toList())).toList()));
            links.linkAlong(Kind.PRODUCT, made.getFirst().plan().id().value(), product.id());
            for (int i = 0; i < made.size(); i++) {
                link(made.get(i), shape.get(i));
            }
        }
        findings.put(walk, ImportFinding.mapped(ImportFinding.ImportedKind.PRODUCT, product.id(), product.name(), "plan " + key));
        for (int i = 0; i < shape.size(); i++) {
            String becomes = "plan " + key + ", version " + (i + 1) + (shape.get(i).state() == State.PUBLISHED ? ", on sale" : ", retired");
            shape.get(i).prices().forEach(price -> findings.put(walk, ImportFinding.mapped(ImportFinding.ImportedKind.PRICE, price.id(), product.name(), becomes)));
        }
    }

    private void link(PlanVersion made, PlanShape.Version shape) {
        for (int i = 0; i < made.prices().size(); i++) {
            links.linkAlong(Kind.PRICE, made.prices().get(i).id().value(), shape.prices().get(i).id());
        }
    }

    /** The product that plans are taken into; made when there is none yet. */
    private String product(Walk walk) {
        String key = walk.settings().product();
        if (catalog.snapshot().product(key).isEmpty()) {
            catalog.create(SELF, new CreateProduct("import:" + key, key, key, null, List.of()));
        }
        return key;
    }

    /** Made of the name, as people would write it; of Stripe's id where that is taken or says nothing. */
    private String key(ProductAtStripe product) {
        String plain = Normalizer.normalize(product.name(), Normalizer.Form.NFD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String slug = plain.codePoints().limit(LONGEST_KEY).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString().replaceAll("^-+|-+$", "");
        CatalogSnapshot known = catalog.snapshot();
        boolean free = !slug.isEmpty() && known.plan(slug).isEmpty() && known.addOn(slug).isEmpty();
        return free ? slug : product.id();
    }
}
