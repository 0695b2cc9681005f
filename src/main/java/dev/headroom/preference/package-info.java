/**
 * How somebody who uses the console likes to see its lists.
 *
 * <p>Owns: filters that were saved under a name, and which columns are shown in which order, each of one person and one list. Does not own:
 * what can be filtered and which columns there are, which is {@code console}'s. Nothing here is shared between people, and nothing of
 * whoever is erased stays.
 */
@NullMarked
package dev.headroom.preference;

import org.jspecify.annotations.NullMarked;
