/** One customer at a glance: what it bought, uses and may use, and what happened to it. */
@NullMarked
package dev.headroom.console.account;

import org.jspecify.annotations.NullMarked;
