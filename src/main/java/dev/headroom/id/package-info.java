/**
 * Identifiers: UUID version 7, so that rows made together lie together.
 *
 * <p>Owns: making and reading them. Each aggregate wraps its own in a record of its module.
 */
@NullMarked
package dev.headroom.id;

import org.jspecify.annotations.NullMarked;
