package dev.headroom.console.overview;

/**
 * Something that waits for somebody.
 *
 * @param what    in a few words
 * @param why     it waits, or what follows from that
 * @param address of where it is seen to
 */
record Need(String what, String why, String address) {}
