/** Headroom, a modular monolith: every package directly below this one is a module, and its public types are its API. */
@NullMarked
package dev.headroom;

import org.jspecify.annotations.NullMarked;
