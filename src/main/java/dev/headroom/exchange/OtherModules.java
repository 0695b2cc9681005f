package dev.headroom.exchange;

import dev.headroom.bundle.Bundles;
import dev.headroom.policy.Policies;

/** Whose rules a file is held to, beside the catalogue's. */
record OtherModules(Policies policies, Bundles bundles) {}
