package dev.headroom.subscription;

import org.jspecify.annotations.Nullable;

/** @param bought how many may be held; absent is unlimited */
public record SeatCount(@Nullable Long bought, long used) {}
