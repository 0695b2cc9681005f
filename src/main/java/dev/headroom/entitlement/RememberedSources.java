package dev.headroom.entitlement;

import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.OtherSources.Own;
import dev.headroom.entitlement.OtherSources.Rules;
import dev.headroom.usage.TermsVersions.InForce;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What is granted beyond what was bought, remembered under the name of its last change, which comes with the version of the terms: so it is
 * known without asking whether it is still so, nobody needs to be told, and whoever was never granted anything costs nothing.
 */
@Service
class RememberedSources {

    /** Whatever was passed when something ended before that is blocked long since: its last end is enough to know. */
    private static final Duration LONGEST_GRACE = Duration.ofDays(366);

    private final GrantRepository grants;
    private final RuleRepository rules;
    private final InstantSource clock;
    private final Cache<AccountId, Known<Own>> owns = Caffeine.newBuilder().maximumSize(100_000).build();
    private final AtomicReference<@Nullable Known<Rules>> everybodys = new AtomicReference<>();

    RememberedSources(GrantRepository grants, RuleRepository rules, InstantSource clock) {
        this.grants = grants;
        this.rules = rules;
        this.clock = clock;
    }

    private record Known<T>(UUID change, T what) {}

    Map<AccountId, OtherSources> of(Map<AccountId, InForce> inForce) {
        Map<AccountId, Own> own = owns(inForce);
        return inForce.entrySet().stream().collect(toMap(
                Map.Entry::getKey, entry -> OtherSources.of(entry.getKey(), own.getOrDefault(entry.getKey(), Own.NONE), rules(entry.getValue().everybodys()))));
    }

    /** As they are in this transaction, which nobody else may see yet. */
    OtherSources unremembered(AccountId account, InForce inForce) {
        return OtherSources.of(account, load(List.of(account)).getOrDefault(account, Own.NONE), rules(inForce.everybodys()));
    }

    private Map<AccountId, Own> owns(Map<AccountId, InForce> inForce) {
        Map<AccountId, Own> found = new HashMap<>();
        Map<AccountId, UUID> missing = new HashMap<>();
        inForce.forEach((account, version) -> {
            UUID change = version.sources();
            if (change != null) {
                Known<Own> known = owns.getIfPresent(account);
                if (known != null && known.change().equals(change)) {
                    found.put(account, known.what());
                } else {
                    missing.put(account, change);
                }
            }
        });
        Map<AccountId, Own> read = missing.isEmpty() ? Map.of() : load(missing.keySet());
        missing.forEach((account, change) -> {
            Own own = read.getOrDefault(account, Own.NONE);
            owns.put(account, new Known<>(change, own));
            found.put(account, own);
        });
        return found;
    }

    private Map<AccountId, Own> load(Collection<AccountId> accounts) {
        Map<AccountId, List<Grant>> given = grants.standing(accounts, clock.instant().minus(LONGEST_GRACE));
        Map<AccountId, Set<FeatureId>> unlocked = rules.unlocked(accounts);
        return accounts.stream().collect(toMap(
                account -> account, account -> new Own(given.getOrDefault(account, List.of()), unlocked.getOrDefault(account, Set.of()))));
    }

    private Rules rules(@Nullable UUID change) {
        if (change == null) {
            return Rules.NONE;
        }
        Known<Rules> known = everybodys.get();
        if (known == null || !known.change().equals(change)) {
            known = new Known<>(change, new Rules(rules.rollOuts(), rules.unlockRules()));
            everybodys.set(known);
        }
        return Objects.requireNonNull(known).what();
    }
}
