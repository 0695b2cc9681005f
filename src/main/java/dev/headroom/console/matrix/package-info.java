/** What the plans of a product grant, side by side, and written there into their drafts: by keyboard, cell by cell, and never into what is sold. */
@NullMarked
package dev.headroom.console.matrix;

import org.jspecify.annotations.NullMarked;
