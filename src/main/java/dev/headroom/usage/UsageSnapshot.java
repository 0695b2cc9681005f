package dev.headroom.usage;

import dev.headroom.account.AccountId;
import java.util.List;
import java.util.Map;

/**
 * What accounts used, in every window that has not ended.
 *
 * @param terms the versions of what they may use, see {@link TermsVersions}, of every account that was asked for
 */
public record UsageSnapshot(Map<AccountId, TermsVersions.InForce> terms, List<UsageCounter> counters) {}
