package dev.headroom.bundle;

/**
 * Asks that nobody gets a bundle any more from now on; who has it keeps it.
 *
 * @param bundle key
 */
public record EndBundle(String idempotencyKey, String bundle) {

    /** What came of it. */
    public sealed interface EndBundleResult {}

    /** It is over, now or since before. */
    public record BundleEnded(Bundle bundle) implements EndBundleResult {}
}
