/** A little house that breaks the rules: nothing here is used but by the guards that must catch it. */
@NullMarked
package dev.headroom.guard.samples;

import org.jspecify.annotations.NullMarked;
