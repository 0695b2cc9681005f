/** What a version that is not sold yet would do to everybody, as those look at it who decide whether to publish it. */
@NullMarked
package dev.headroom.console.impact;

import org.jspecify.annotations.NullMarked;
