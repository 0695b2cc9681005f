/**
 * Tells the other nodes that something they remember is out of date, over PostgreSQL's LISTEN and NOTIFY.
 *
 * <p>Owns: one channel, one listening connection, and how a node forgets what it remembers whole. Does not own: what a topic means. A
 * message is sent by the commit of the transaction that caused it, and never by one that rolls back. Delivery is not guaranteed: whoever remembers something also lets
 * it expire, and forgets everything when {@link dev.headroom.broadcast.BroadcastInterrupted} says that messages may have been missed.
 */
@NullMarked
package dev.headroom.broadcast;

import org.jspecify.annotations.NullMarked;
