package dev.headroom.sale;

import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundles;
import dev.headroom.bundle.CreateBundle;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a draft asks for, held against what is sold now. */
@Service
class SaleReadings {

    private static final String INPUT = "input.";

    private final Catalog catalog;
    private final Bundles bundles;
    private final InstantSource clock;

    SaleReadings(Catalog catalog, Bundles bundles, InstantSource clock) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.clock = clock;
    }

    /**
     * @param offer    that is made; absent where none is
     * @param bundle   that is made; absent where none is
     * @param findings everything that is wrong; where there is something, the commands are not to be carried out
     */
    record Asked(@Nullable CreateOffer offer, @Nullable CreateBundle bundle, List<SaleFinding> findings) {}

    Asked of(SaleDraft draft) {
        CatalogSnapshot known = catalog.snapshot();
        Refusals refusals = Refusals.gathered();
        SaleReading reading = new SaleReading("sale:" + draft.id() + ":" + draft.revision(), known, clock.instant(), refusals);
        if (draft.ends() != null) {
            reading.ends(over(draft.kind(), draft.ends(), known));
        }
        return switch (draft.sheet()) {
            case null -> new Asked(null, null, findings(refusals));
            case OfferSheet sheet -> {
                CreateOffer command = reading.offer(sheet);
                reading.free(command.key(), known.offer(command.key()));
                Optional.ofNullable(refusals.made(() -> known.imagine(command, refusals), null)).ifPresent(reading::priced);
                yield new Asked(command, null, findings(refusals));
            }
            case BundleSheet sheet -> {
                CreateBundle command = reading.bundle(sheet);
                reading.free(command.key(), bundle(command.key()));
                bundles.imagine(command, known, refusals);
                yield new Asked(null, command, findings(refusals));
            }
        };
    }

    private static List<SaleFinding> findings(Refusals refusals) {
        return refusals.all().stream().map(SaleReadings::finding).distinct().toList();
    }

    private static SaleFinding finding(HeadroomException refused) {
        String field = Objects.requireNonNullElse(refused.field(), "");
        return new SaleFinding(field.startsWith(INPUT) ? field.substring(INPUT.length()) : field, refused.getMessage());
    }

    private @Nullable Instant over(SaleDraft.Kind kind, String key, CatalogSnapshot known) {
        return switch (kind) {
            case OFFER -> known.offer(key).map(Offer::over).orElse(Instant.EPOCH);
            case BUNDLE -> bundle(key).map(Bundle::until).orElse(null);
        };
    }

    private Optional<Bundle> bundle(String key) {
        return bundles.all().stream().filter(bundle -> bundle.key().equals(key)).findFirst();
    }

    /**
     * What is sold under a key, as a sheet.
     *
     * @throws HeadroomException NOT_FOUND, also for an offer that was agreed with one account
     */
    SaleSheet sold(String field, SaleDraft.Kind kind, String key) {
        CatalogSnapshot known = catalog.snapshot();
        return switch (kind) {
            case OFFER -> known.offer(key).filter(offer -> !offer.negotiated()).map(offer -> (SaleSheet) OfferSheet.of(offer, known))
                    .orElseThrow(() -> HeadroomException.notFound(field, "No offer has the key \"" + key + "\""));
            case BUNDLE -> bundle(key).map(bundle -> (SaleSheet) BundleSheet.of(bundle, known))
                    .orElseThrow(() -> HeadroomException.notFound(field, "No bundle has the key \"" + key + "\""));
        };
    }

    /** The same to begin another one on. */
    SaleSheet next(SaleSheet sold) {
        return switch (sold) {
            case OfferSheet offer -> offer.next(clock.instant());
            case BundleSheet bundle -> bundle.next(clock.instant());
        };
    }

    /** In what a draft differs from what it ends, or from nothing. */
    List<SaleChange> changes(SaleDraft draft) {
        return SaleChange.between(draft.ends() == null ? null : sold("ends", draft.kind(), draft.ends()), draft.sheet());
    }

    /** All that decides whom a draft concerns, besides itself and the accounts: the versions on sale and the bundles; the same as long as these are. */
    String fingerprint() {
        CatalogSnapshot known = catalog.snapshot();
        Stream<String> versions = Stream.concat(known.plans().stream(), known.addOns().stream()).flatMap(plan -> known.onSale(plan).stream()).map(version -> version.id().toString());
        Stream<String> others = bundles.open().stream().map(bundle -> bundle.id() + ":" + bundle.until());
        String all = Stream.concat(versions, others).sorted().collect(Collectors.joining("\n"));
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
