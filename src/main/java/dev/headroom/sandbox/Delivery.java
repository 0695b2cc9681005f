package dev.headroom.sandbox;

/**
 * One event on its way to one endpoint.
 *
 * @param attempts how many have failed so far
 */
record Delivery(String event, String endpoint, int attempts, String body) {}
