package dev.headroom.console.catalog;

import dev.headroom.account.Accounts;
import dev.headroom.catalog.Catalog;
import dev.headroom.reach.ReachLines;
import dev.headroom.reach.Reaches;
import org.springframework.stereotype.Component;

/** What is asked before an offer or a bundle is made or ended. */
@Component
record ReachServices(Reaches reaches, ReachLines lines, Accounts accounts, Catalog catalog) {}
