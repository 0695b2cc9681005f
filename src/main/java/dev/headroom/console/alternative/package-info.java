/** What an account could have instead, side by side. */
@NullMarked
package dev.headroom.console.alternative;

import org.jspecify.annotations.NullMarked;
