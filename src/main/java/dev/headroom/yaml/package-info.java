/**
 * Text in YAML that people write and review: every value knows its line and column, every mistake is told, and what is written is the same for the same content.
 *
 * <p>Owns: which YAML is read (one document without tags, anchors and aliases, of bounded size and depth), how typed values are taken from it, how it is written.
 * Does not own: what stands in it.
 */
@NullMarked
package dev.headroom.yaml;

import org.jspecify.annotations.NullMarked;
