package dev.headroom.sheet;

/** Who is shown a plan or add-on that is on sale. */
public enum Visibility {
    /** Everybody. */
    PUBLIC,
    /** The vendor; an account is neither shown nor proposed it, and can have it by its key. */
    HIDDEN
}
