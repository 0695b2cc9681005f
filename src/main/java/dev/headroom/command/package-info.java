/**
 * Commands of a vendor who works with files: a client of the API that every other client could be, without a server, a database or Spring.
 *
 * <p>Owns: what is typed and printed, and with what it ends. Does not own: what a file says and what becomes of it, which {@code exchange} answers over HTTP.
 */
@NullMarked
package dev.headroom.command;

import org.jspecify.annotations.NullMarked;
