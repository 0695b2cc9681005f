package dev.headroom.entitlement;

import dev.headroom.account.AccountId;

/** An account was given something, or it was taken back: published in the transaction that did it. */
record GrantsChanged(AccountId account) {}
