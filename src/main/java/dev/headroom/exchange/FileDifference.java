package dev.headroom.exchange;

import dev.headroom.yaml.YamlNode.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something in which a file and the catalogue differ.
 *
 * @param key   of the thing; of a transition rule what it speaks of
 * @param words what differs, a sentence each
 * @param line  of the file; absent for what the file does not name
 */
public record FileDifference(Subject subject, Effect effect, String key, List<String> words, @Nullable Integer line) {

    public FileDifference {
        words = List.copyOf(words);
    }

    /** What differs. */
    public enum Subject {
        PRODUCT,
        FEATURE,
        PLAN,
        ADD_ON,
        OFFER,
        TRANSITION_RULE,
        CREDIT_GUARD,
        BUNDLE
    }

    /** What applying the file does about it. */
    public enum Effect {
        /** It is not there, and is made. */
        CREATED,
        /** It is there and becomes as the file says, at once: nothing of it is sold. */
        CHANGED,
        /** What is sold stays, and an open draft becomes as the file says; of what is new, where whoever compares may not sell it. */
        DRAFTED,
        /** An open draft is as the file says already, and waits to be published. */
        WAITING,
        /** Nobody gets it any more. */
        ENDED,
        /** The file does not name it; it stays as it is. */
        LEFT
    }

    static FileDifference at(Mark mark, Subject subject, Effect effect, String key, List<String> words) {
        return new FileDifference(subject, effect, key, words, mark.line());
    }

    static FileDifference left(Subject subject, String key, String words) {
        return new FileDifference(subject, Effect.LEFT, key, List.of(words), null);
    }

    /** Whether applying the file does something about it. */
    public boolean acts() {
        return switch (effect) {
            case CREATED, CHANGED, DRAFTED, ENDED -> true;
            case WAITING, LEFT -> false;
        };
    }
}
