package dev.headroom.sync;

/** One import goes on at a time, and what a test has begun would be in the way of the next one that looks. */
public final class UnfinishedImports {

    private UnfinishedImports() {}

    public static void finish(StripeImports imports) {
        while (imports.step()) { }
    }
}
