/**
 * Who may come in: the vendor's API keys, and the people of this console, for owners only; and what concerns only whoever is signed in.
 *
 * <p>A secret is shown once, in {@link dev.headroom.console.access.SecretDialog}, and never again.
 */
@NullMarked
package dev.headroom.console.access;

import org.jspecify.annotations.NullMarked;
