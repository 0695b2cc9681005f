/** Roll-outs: which there were, what was chosen in each, how far it is and what became of every account, and turning it. */
@NullMarked
package dev.headroom.console.rollout;

import org.jspecify.annotations.NullMarked;
