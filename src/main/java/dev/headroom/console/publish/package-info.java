/** Putting a draft on sale, step by step: what changes, whom it meets, who moves when, and the word that does it. */
@NullMarked
package dev.headroom.console.publish;

import org.jspecify.annotations.NullMarked;
