package dev.headroom.reading;

/** How an account compares with others of its size, or that there are too few of them. */
public sealed interface BenchmarkResult {

    /**
     * Where the account stands.
     *
     * @param used   by the account, as it is compared
     * @param median of the others, in units, rounded to two significant digits, so that it is nobody's figure
     * @param peers  how many others were looked at, rounded down to tens
     */
    record Benchmark(Band band, long used, long median, int peers) implements BenchmarkResult {

        /** In which quarter of the others; between equals, in the middle of them. */
        public enum Band {
            LOWEST_QUARTER,
            BELOW_MEDIAN,
            ABOVE_MEDIAN,
            HIGHEST_QUARTER
        }
    }

    /**
     * With so few others somebody could be recognized.
     *
     * @param needed how many others it takes
     */
    record NotEnoughPeers(int needed) implements BenchmarkResult {}
}
