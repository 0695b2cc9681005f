package dev.headroom.sale;

import dev.headroom.reach.Reach;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody could see whom a draft concerns; what putting it live asks for. Its sums are kept, its lines are in this answer alone.
 *
 * @param revision of the draft that was looked at
 * @param made     whom what is made concerns; absent where something only ends
 * @param ended    whom what ends concerns; absent where something is only made
 */
public record SaleLook(UUID id, UUID draft, int revision, Instant at, @Nullable Reach made, @Nullable Reach ended) {}
