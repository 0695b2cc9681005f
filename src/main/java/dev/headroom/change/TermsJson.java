package dev.headroom.change;

import dev.headroom.catalog.PriceId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.util.List;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How terms are stored: with bare ids, whatever becomes of the types. */
final class TermsJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private record Stored(List<StoredItem> items) {}

    private record StoredItem(@Nullable UUID item, UUID price, long quantity) {

        static StoredItem of(ItemTerms terms) {
            return new StoredItem(terms.item(), terms.price().value(), terms.quantity());
        }

        ItemTerms terms() {
            return new ItemTerms(item, new PriceId(price), quantity);
        }
    }

    private TermsJson() {}

    static JSONB write(SubscriptionTerms terms) {
        return JSONB.valueOf(MAPPER.writeValueAsString(new Stored(terms.items().stream().map(StoredItem::of).toList())));
    }

    static SubscriptionTerms read(JSONB stored) {
        return new SubscriptionTerms(MAPPER.readValue(stored.data(), Stored.class).items().stream().map(StoredItem::terms).toList());
    }
}
