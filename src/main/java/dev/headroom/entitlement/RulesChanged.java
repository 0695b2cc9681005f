package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import java.util.Collection;

/**
 * What is granted to many changed: published in the transaction that changed it.
 *
 * @param unlocked those for whom a gate opened with it
 */
record RulesChanged(Collection<AccountId> unlocked) {}
