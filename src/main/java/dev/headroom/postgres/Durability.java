package dev.headroom.postgres;

/** Whether a commit has reached the disk when it returns. */
public enum Durability {
    /** A commit survives a power cut. */
    DISK("on"),
    /** A power cut may lose the whole database: for tests, which throw it away. */
    MEMORY("off");

    private final String setting;

    Durability(String setting) {
        this.setting = setting;
    }

    String setting() {
        return setting;
    }
}
