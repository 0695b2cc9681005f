/**
 * Recurring revenue as the ledger has it: figures, waterfall and months, cohorts, each leading to the movements or accounts that add up to it, and a page of it to print. Every
 * number is the ledger's; this package reckons only where it stands on a picture.
 */
@NullMarked
package dev.headroom.console.revenue;

import org.jspecify.annotations.NullMarked;
