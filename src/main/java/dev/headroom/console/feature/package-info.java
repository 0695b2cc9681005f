/** Features as those meet them who sell them: what they are, what grants them and to how many, and the way to their end and back. */
@NullMarked
package dev.headroom.console.feature;

import org.jspecify.annotations.NullMarked;
