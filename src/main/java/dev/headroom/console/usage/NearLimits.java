package dev.headroom.console.usage;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.entitlement.Meter;
import dev.headroom.limits.Decision;
import dev.headroom.reading.ProjectionResult;
import dev.headroom.reading.Readings;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.Usages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who has passed a threshold of what they may use, those first who have least left; as it stands at the moment somebody looks. */
@Component
public class NearLimits {

    /** How many counters are looked at with one statement, for those that a filter leaves. */
    private static final int AT_ONCE = 200;

    private final Usages usages;
    private final Entitlements entitlements;
    private final Readings readings;
    private final Accounts accounts;
    private final Catalog catalog;

    NearLimits(Usages usages, Entitlements entitlements, Readings readings, Accounts accounts, Catalog catalog) {
        this.usages = usages;
        this.entitlements = entitlements;
        this.readings = readings;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    /** Absent is any. */
    public record Filter(@Nullable FeatureId feature, Decision.@Nullable State state) {}

    /** @param place among all that are near, whatever the filter says of them */
    public record Near(int place, Account account, Entitlement now, @Nullable ProjectionResult projection) {}

    /** What follows one of them. */
    public List<Near> after(Actor actor, Filter filter, @Nullable Near last, int size) {
        List<Near> found = new ArrayList<>();
        int from = last == null ? 0 : last.place() + 1;
        List<UsageCounter> counters;
        do {
            counters = usages.near(actor, filter.feature(), from, AT_ONCE);
            found.addAll(standing(actor, counters, from, filter));
            from += counters.size();
        } while (found.size() < size && counters.size() == AT_ONCE);
        return projected(actor, found.stream().limit(size).toList());
    }

    /** Asks again: a limit may have been raised, or the subscription be gone, since the threshold was passed. */
    private List<Near> standing(Actor actor, List<UsageCounter> counters, int from, Filter filter) {
        CatalogSnapshot known = catalog.snapshot();
        List<String> features = counters.stream().map(UsageCounter::feature).distinct().map(id -> known.feature(id).key()).toList();
        Map<AccountId, List<Entitlement>> now = counters.isEmpty()
                ? Map.of()
                : entitlements.check(actor, counters.stream().map(UsageCounter::account).distinct().toList(), features, 0);
        List<Near> found = new ArrayList<>();
        for (int at = 0; at < counters.size(); at++) {
            int place = from + at;
            UsageCounter counter = counters.get(at);
            now.getOrDefault(counter.account(), List.of()).stream()
                    .filter(each -> each.feature().id().equals(counter.feature()) && each.granted() && each.limit() != null)
                    .filter(each -> filter.state() == null || each.state() == filter.state())
                    .map(each -> new Near(place, accounts.byId(actor, counter.account()), each, null))
                    .forEach(found::add);
        }
        return found;
    }

    private List<Near> projected(Actor actor, List<Near> found) {
        Map<Near, Meter> meters = new LinkedHashMap<>();
        found.forEach(near -> entitlements.meters(actor, near.account().id(), List.of(near.now().feature().key())).forEach(meter -> meters.put(near, meter)));
        Map<Meter, ProjectionResult> projections = readings.projections(actor, meters.values());
        return found.stream()
                .map(near -> new Near(
                        near.place(), near.account(), near.now(), Optional.ofNullable(meters.get(near)).map(projections::get).orElse(null)))
                .toList();
    }
}
