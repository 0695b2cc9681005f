package dev.headroom.exchange;

import dev.headroom.bundle.CreateBundle;
import dev.headroom.catalog.CreateProduct;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Plan;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.sheet.PlanSheet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file asks for, in the words of the commands that would make it. Whatever lacks what its command needs is left out here; the reading knows why.
 *
 * @param products each with all that is sold of it
 */
record CatalogFile(List<ProductPart> products, List<BundlePart> bundles) {

    /**
     * @param path     of it in the file: {@code products[0]}
     * @param features the paths of the product's features, in their order
     */
    record ProductPart(
            String path, CreateProduct product, List<String> features, List<PlanPart> plans, List<OfferPart> offers, List<RulePart> rules, @Nullable SetCreditGuard guard) {

        /** What is wrong in the command of the product is wrong at a path of the file. */
        String below(@Nullable String field) {
            Matcher feature = Pattern.compile("input\\.features\\[([0-9]+)](.*)").matcher(String.valueOf(field));
            return feature.matches() ? features.get(Integer.parseInt(feature.group(1))) + feature.group(2) : Paths.below(path, field);
        }
    }

    /**
     * @param sheet whose prices and entitlements are named by their places in the file
     * @param own   of one account's own price; absent otherwise
     */
    record PlanPart(String path, Plan.Kind kind, PlanSheet sheet, @Nullable OwnPart own) {}

    /** @param account by the vendor's key */
    record OwnPart(String account, String insteadOf) {}

    /** @param ended whether nobody shall get it any more */
    record OfferPart(String path, CreateOffer offer, boolean ended) {}

    record RulePart(String path, AddTransitionRule rule) {}

    record BundlePart(String path, CreateBundle bundle) {}
}
