package dev.headroom.shown;

import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Offer;
import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.quote.BundleChange;
import dev.headroom.quote.Quote.FeatureDifference;
import dev.headroom.quote.Quote.Violation;
import dev.headroom.shown.ShownQuote.Difference;
import dev.headroom.shown.ShownQuote.Next;
import dev.headroom.shown.ShownQuote.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
@SchemaMapping(typeName = "ShownQuote")
class ShownQuoteController {

    private final Catalog catalog;
    private final Bundles bundles;

    ShownQuoteController(Catalog catalog, Bundles bundles) {
        this.catalog = catalog;
        this.bundles = bundles;
    }

    record RecurringDifference(Money before, Money after, Money mrrBefore, Money mrrAfter) {}

    @SchemaMapping
    Optional<UUID> id(ShownQuote shown) {
        return Optional.ofNullable(shown.promise()).map(Promise::quote);
    }

    @SchemaMapping
    Optional<Instant> expiresAt(ShownQuote shown) {
        return Optional.ofNullable(shown.promise()).map(Promise::expiresAt);
    }

    @SchemaMapping
    boolean verified(ShownQuote shown) {
        return Optional.ofNullable(shown.promise()).filter(Promise::verified).isPresent();
    }

    @SchemaMapping
    boolean prorated(ShownQuote shown) {
        return shown.to().prorated();
    }

    @SchemaMapping
    Optional<Offer> offer(ShownQuote shown) {
        return shown.to().offers().stream().findFirst().map(catalog.snapshot()::offer);
    }

    @SchemaMapping
    List<String> offerKeys(ShownQuote shown) {
        return shown.to().offers().stream().map(catalog.snapshot()::offer).map(Offer::key).toList();
    }

    @SchemaMapping
    Money tax(ShownQuote shown) {
        return shown.now().tax();
    }

    @SchemaMapping
    List<Tax> taxLines(ShownQuote shown) {
        return shown.now().taxes();
    }

    @SchemaMapping
    Money balanceApplied(ShownQuote shown) {
        return shown.now().balanceApplied();
    }

    @SchemaMapping
    @Nullable Next nextInvoice(ShownQuote shown) {
        return shown.next();
    }

    @SchemaMapping
    RecurringDifference recurring(ShownQuote shown) {
        return new RecurringDifference(shown.before().total(), shown.after().total(), shown.before().mrr(), shown.after().mrr());
    }

    @SchemaMapping
    List<FeatureDifference> gains(ShownQuote shown) {
        return named(shown.gains());
    }

    @SchemaMapping
    List<FeatureDifference> losses(ShownQuote shown) {
        return named(shown.losses());
    }

    private List<FeatureDifference> named(List<Difference> differences) {
        return differences.stream()
                .map(each -> new FeatureDifference(catalog.snapshot().feature(each.feature()), each.before(), each.after(), each.gain()))
                .toList();
    }

    @SchemaMapping
    List<Violation> violations(ShownQuote shown) {
        return shown.violations().stream()
                .map(each -> new Violation(catalog.snapshot().feature(each.feature()), each.used(), each.included(), each.excess()))
                .toList();
    }

    @SchemaMapping
    List<BundleChange> bundles(ShownQuote shown) {
        return shown.bundles().stream().map(each -> new BundleChange(bundles.byId(each.bundle()), each.effect(), each.amount())).toList();
    }
}
