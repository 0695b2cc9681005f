/** Changing what an account bought: the quote first, then the change it promises. */
@NullMarked
package dev.headroom.console.change;

import org.jspecify.annotations.NullMarked;
