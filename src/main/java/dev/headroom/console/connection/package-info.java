/**
 * How Headroom and Stripe stand to each other: what comes in, and what differs, each with what can be done about it. For owners only.
 *
 * <p>One page with a tab for each; a tab asks for what it shows when somebody looks at it.
 */
@NullMarked
package dev.headroom.console.connection;

import org.jspecify.annotations.NullMarked;
