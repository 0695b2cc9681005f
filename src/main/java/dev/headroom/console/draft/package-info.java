/** Versions that are being prepared, as those meet them who write and review them: the editor, what changes by it, and what is wrong with it. */
@NullMarked
package dev.headroom.console.draft;

import org.jspecify.annotations.NullMarked;
