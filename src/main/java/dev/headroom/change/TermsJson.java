package dev.headroom.change;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How terms are stored: with bare ids, whatever becomes of the types. */
final class TermsJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * @param renews   absent in what was written before a change could end a subscription, which therefore goes on
     * @param offer    of what was written when there could only be one
     * @param offers   absent for none
     * @param prorated absent in what was written when every change was
     * @param over     absent in what was written before anything could end at once
     * @param endsAt   absent of what does not end at a date
     * @param together absent of what begins no period together with another's
     */
    private record Stored(
            List<StoredItem> items, @Nullable Boolean renews, @Nullable UUID offer, @Nullable List<UUID> offers, @Nullable Boolean prorated,
            @Nullable Boolean over, @Nullable Instant endsAt, @Nullable UUID together) {

        List<OfferId> taken() {
            return Stream.concat(Optional.ofNullable(offer).stream(), Optional.ofNullable(offers).stream().flatMap(List::stream)).map(OfferId::new).toList();
        }
    }

    /** @param bundle absent for none, and in what was written before there were any */
    private record StoredItem(@Nullable UUID item, UUID price, long quantity, @Nullable UUID bundle) {

        static StoredItem of(ItemTerms terms) {
            return new StoredItem(terms.item(), terms.price().value(), terms.quantity(), Optional.ofNullable(terms.bundle()).map(BundleId::value).orElse(null));
        }

        ItemTerms terms() {
            return new ItemTerms(item, new PriceId(price), quantity, Optional.ofNullable(bundle).map(BundleId::new).orElse(null));
        }
    }

    private TermsJson() {}

    static JSONB write(SubscriptionTerms terms) {
        return JSONB.valueOf(MAPPER.writeValueAsString(new Stored(terms.items().stream().map(StoredItem::of).toList(), terms.renews(),
                null, terms.offers().isEmpty() ? null : terms.offers().stream().map(OfferId::value).toList(), terms.prorated(), terms.over(), terms.endsAt(),
                Optional.ofNullable(terms.together()).map(SubscriptionId::value).orElse(null))));
    }

    static SubscriptionTerms read(JSONB stored) {
        Stored terms = MAPPER.readValue(stored.data(), Stored.class);
        return new SubscriptionTerms(terms.items().stream().map(StoredItem::terms).toList(), !Boolean.FALSE.equals(terms.renews()),
                terms.taken(), !Boolean.FALSE.equals(terms.prorated()), Boolean.TRUE.equals(terms.over()), terms.endsAt(),
                Optional.ofNullable(terms.together()).map(SubscriptionId::new).orElse(null));
    }
}
