package dev.headroom.broadcast;

/** The listening connection was lost and is back: messages in between are gone. */
public record BroadcastInterrupted() {}
