package dev.headroom.broadcast;

/** A message that some node sent, this one included: a Spring event, published on the listening thread. */
public record BroadcastReceived(String topic, String payload) {}
