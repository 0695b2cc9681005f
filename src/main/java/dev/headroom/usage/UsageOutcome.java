package dev.headroom.usage;

/** What became of one event; each stands or falls alone. */
public sealed interface UsageOutcome {

    /** The caller's id of the event. */
    String eventId();

    /** Counted. */
    record UsageRecorded(String eventId) implements UsageOutcome {}

    /** Counted before: nothing changed. */
    record UsageDuplicate(String eventId) implements UsageOutcome {}

    /**
     * Not counted.
     *
     * @param eventId empty when none can be read
     * @param field  what is wrong with the event: {@code account}, {@code meter}, {@code quantity}, {@code at}, {@code id}, {@code properties} or one
     *               of them; of a line in a pipe, also a field that no event has, or {@code line} for what is no event at all
     * @param reason for people, with what would be right
     */
    record UsageRejected(String eventId, String field, String reason) implements UsageOutcome {}
}
