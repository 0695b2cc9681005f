package dev.headroom.quote;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.reading.Readings;
import dev.headroom.reading.Readings.Expected;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** Reads what accounts use and will use, for all of them at once. */
@Service
class Demands {

    private static final Actor.System SELF = new Actor.System("quote");

    private final Entitlements entitlements;
    private final Readings readings;

    Demands(Entitlements entitlements, Readings readings) {
        this.entitlements = entitlements;
        this.readings = readings;
    }

    /** Of every account, of all that its products have; five statements at most, for whoever may know of all of them. */
    Map<AccountId, Demand> of(Collection<AccountId> accounts) {
        Map<AccountId, List<Entitlement>> today = entitlements.check(SELF, accounts, null, 0);
        if (!today.keySet().containsAll(accounts)) {
            throw HeadroomException.of(ErrorCode.DATABASE_UNAVAILABLE, "accounts", "The database cannot be reached, and not all of these accounts are known here");
        }
        Map<AccountId, List<Expected>> expected = readings.expected(SELF, today.values().stream().flatMap(answers -> Entitlements.metersOf(answers).stream()).toList())
                .entrySet().stream()
                .collect(groupingBy(each -> each.getKey().account(), mapping(Map.Entry::getValue, toList())));
        Map<AccountId, Demand> demands = new HashMap<>();
        accounts.forEach(account -> demands.put(account, new Demand(Objects.requireNonNull(today.get(account)), expected.getOrDefault(account, List.of()))));
        return demands;
    }
}
