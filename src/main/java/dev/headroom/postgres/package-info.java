/**
 * Where the data lives: the PostgreSQL that Headroom brings along, or the one it is pointed at.
 *
 * <p>Owns: unpacking, starting and stopping the embedded server, its password, the lock on the data folder, and reading
 * {@code DATABASE_URL}; transactions, and which statements are sent together; and what is known while it cannot be reached. Does not own: schemas, which each module keeps in {@code db/<module>}. The password is random here and
 * not from {@code id}, because it is a secret and no identifier.
 */
@NullMarked
package dev.headroom.postgres;

import org.jspecify.annotations.NullMarked;
