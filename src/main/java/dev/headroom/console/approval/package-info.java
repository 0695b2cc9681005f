/** What is not sold without somebody's say: who asks, what it would come to, and what is decided. */
@NullMarked
package dev.headroom.console.approval;

import org.jspecify.annotations.NullMarked;
