package dev.headroom.sandbox;

import tools.jackson.databind.node.ObjectNode;

/**
 * One event on its way to one endpoint.
 *
 * @param attempts how many have failed so far
 */
record Delivery(String event, String endpoint, int attempts, ObjectNode body) {}
