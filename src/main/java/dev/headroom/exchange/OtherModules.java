package dev.headroom.exchange;

import dev.headroom.account.Accounts;
import dev.headroom.bundle.Bundles;
import dev.headroom.policy.Policies;

/** Whose rules a file is held to, and who knows whom it names, beside the catalogue. */
record OtherModules(Policies policies, Bundles bundles, Accounts accounts) {}
