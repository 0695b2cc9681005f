package dev.headroom.subscription;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.PriceId;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How changes that wait for the end of the period are stored: in their order, with bare ids. */
final class ScheduleJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * @param bundles  absent in what was written before there were any
     * @param prorated absent where it is, and in what was written before it was said
     */
    private record Stored(UUID change, RequestedChange requested, List<UUID> prices, @Nullable List<UUID> bundles, @Nullable Boolean prorated) {

        static Stored of(ScheduledChange scheduled) {
            return new Stored(scheduled.change(), scheduled.requested(), scheduled.prices().stream().map(PriceId::value).toList(),
                    scheduled.bundles().stream().map(BundleId::value).toList(), scheduled.prorated() ? null : Boolean.FALSE);
        }

        ScheduledChange scheduled() {
            return new ScheduledChange(change, requested, prices.stream().map(PriceId::new).toList(),
                    Optional.ofNullable(bundles).orElse(List.of()).stream().map(BundleId::new).toList(), !Boolean.FALSE.equals(prorated));
        }
    }

    private ScheduleJson() {}

    static JSONB write(List<ScheduledChange> scheduled) {
        return JSONB.valueOf(MAPPER.writeValueAsString(scheduled.stream().map(Stored::of).toList()));
    }

    static List<ScheduledChange> read(JSONB stored) {
        return List.of(MAPPER.readValue(stored.data(), Stored[].class)).stream().map(Stored::scheduled).toList();
    }
}
