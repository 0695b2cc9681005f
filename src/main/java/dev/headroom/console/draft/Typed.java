package dev.headroom.console.draft;

/** A field whose text may be none of what can be kept: then it stays as it was typed, with a message of its own. */
sealed interface Typed permits CountField, AmountField {

    /** Whether what stands in it cannot be read. */
    boolean unreadable();
}
