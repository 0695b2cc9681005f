/** Where somebody begins: how the business stands, what waits for somebody, and what happened last. Whoever owns a fact tells it; this only puts them side by side. */
@NullMarked
package dev.headroom.console.overview;

import org.jspecify.annotations.NullMarked;
