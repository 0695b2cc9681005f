/** In what two versions differ, as the console tells it wherever it does. */
@NullMarked
package dev.headroom.console.diff;

import org.jspecify.annotations.NullMarked;
