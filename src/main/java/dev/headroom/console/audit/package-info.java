/** Who did what to which thing, in words: the log with its filters, one entry with what it changed, and the newest of one thing for its own page. */
@NullMarked
package dev.headroom.console.audit;

import org.jspecify.annotations.NullMarked;
