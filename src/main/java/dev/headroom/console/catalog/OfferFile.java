package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Csv;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All offers as a file, for whoever has opened the page. */
record OfferFile(Actor reader, Offers offers, Catalog catalog, InstantSource clock) {

    private static final List<String> COLUMNS = List.of(
            "key", "name", "product", "percent_off", "amount_off_minor", "currency", "lasts", "from", "until", "plans", "existing_customers_only", "cap", "taken",
            "state");

    Anchor link() {
        return Csv.link(translate("csv.download"), "offers", COLUMNS, this::write);
    }

    private void write(Csv csv) {
        CatalogSnapshot known = catalog.snapshot();
        Instant now = clock.instant();
        List<Offer> all = offers.all(reader);
        Map<OfferId, Integer> taken = offers.redemptions(reader, all);
        all.forEach(offer -> line(csv, offer, known, taken.getOrDefault(offer.id(), 0), now));
    }

    private static void line(Csv csv, Offer offer, CatalogSnapshot known, int taken, Instant now) {
        AmountOff amount = offer.reduction() instanceof AmountOff off ? off : null;
        csv.row(
                offer.key(), offer.name(), known.product(offer.product()).key(), offer.reduction() instanceof PercentOff(BigDecimal percent) ? percent.toPlainString() : null,
                amount == null ? null : amount.amount().minor(), amount == null ? null : amount.amount().currency().getCurrencyCode(), OfferText.lasting(offer.term()),
                offer.window().from(), offer.over(), known.plans().stream().filter(plan -> offer.plans().contains(plan.id())).map(Plan::key).collect(Collectors.joining(" ")),
                offer.existingCustomers(), offer.cap(), taken, OfferState.of(offer, taken, now));
    }
}
