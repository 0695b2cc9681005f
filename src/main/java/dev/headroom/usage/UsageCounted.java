package dev.headroom.usage;

import dev.headroom.account.AccountId;
import java.util.Set;

/** Counters of these accounts rose: published in the transaction that raised them. */
public record UsageCounted(Set<AccountId> accounts) {}
