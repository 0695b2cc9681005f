/**
 * The demo vendor: a company with about 60 customers and 26 months behind it, for whoever tries Headroom.
 *
 * <p>Owns: the made-up catalogue, companies and lives, and how far they have been told (schema {@code demo}). Everything else is
 * written by the same services that the API calls, with a clock that travels: production code knows no way to bend time, so the
 * history is told in a second Spring context without a web server whose clock and Stripe sandbox do ({@link
 * dev.headroom.demo.Pasts}). What is told is decided beforehand by pure code ({@code Population}), from a seed and the end of the
 * history alone; what has been told is noted step by step, so that a load that was killed goes on where it stopped. After the history
 * the same generator goes on with the usage ({@link dev.headroom.demo.DemoUsages}), in the product itself and by its own clock.
 *
 * <p>What its revenue shows is told beforehand ({@code Tale}): customers grow and shrink towards that ({@code Market}).
 *
 * <p>Some accounts have lives written by hand ({@code Cast}): deals are asked for and decided, less waits for the end of a period, an
 * offer is taken, and what a vendor arranges at Stripe itself happens there ({@code StripeDashboard}).
 *
 * <p>After the last biography the vendor sets its rules ({@code Rules}): gates that open for some, what needs consent, what things are worth.
 */
@NullMarked
package dev.headroom.demo;

import org.jspecify.annotations.NullMarked;
