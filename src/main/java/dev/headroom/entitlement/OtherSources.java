package dev.headroom.entitlement;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.RollOuts.RollOut;
import dev.headroom.entitlement.Unlocks.UnlockRule;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What one account is granted beyond what it bought.
 *
 * @param grants    that are or will be in force, and those that ended lately, the one that lasts longest first
 * @param unlocked  gates that have opened for it
 * @param rolledOut gates that it is among the first to have
 * @param rules     what opens which gate
 */
record OtherSources(List<Grant> grants, Set<FeatureId> unlocked, Set<FeatureId> rolledOut, List<UnlockRule> rules) {

    private static final Comparator<Grant> LONGEST = Comparator
            .comparing((Grant grant) -> grant.until() == null ? Instant.MAX : grant.until())
            .thenComparing(Grant::givenAt)
            .thenComparing(Grant::id)
            .reversed();

    OtherSources {
        grants = grants.stream().sorted(LONGEST).toList();
    }

    /** What is granted to many. */
    record Rules(List<RollOut> rollOuts, List<UnlockRule> unlocks) {

        static final Rules NONE = new Rules(List.of(), List.of());
    }

    /** What is granted to one alone. */
    record Own(List<Grant> grants, Set<FeatureId> unlocked) {

        static final Own NONE = new Own(List.of(), Set.of());
    }

    static OtherSources of(AccountId account, Own own, Rules rules) {
        Set<FeatureId> first = rules.rollOuts().stream().filter(each -> each.includes(account)).map(RollOut::feature).collect(toSet());
        return new OtherSources(own.grants(), own.unlocked(), first, rules.unlocks());
    }

    List<Grant> active(Feature feature, Instant at) {
        return grants.isEmpty()
                ? List.of()
                : grants.stream().filter(grant -> grant.feature().equals(feature.id()) && grant.gave(at)).toList();
    }

    /** When grants of a feature came to their end, the last first. */
    List<Instant> ends(Feature feature, Instant at) {
        return grants.isEmpty()
                ? List.of()
                : grants.stream()
                        .filter(grant -> grant.feature().equals(feature.id()))
                        .map(Grant::end)
                        .filter(end -> end != null && !end.isAfter(at))
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .toList();
    }
}
