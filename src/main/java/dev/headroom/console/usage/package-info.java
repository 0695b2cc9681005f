/** What was used, event by event and across customers, and what became of the events that were sent. */
@NullMarked
package dev.headroom.console.usage;

import org.jspecify.annotations.NullMarked;
