/**
 * Files that are written while they are downloaded.
 *
 * <p>Owns: what an answer says of itself before its first line. Does not own: the lines, who may have them, and their addresses.
 */
@NullMarked
package dev.headroom.download;

import org.jspecify.annotations.NullMarked;
