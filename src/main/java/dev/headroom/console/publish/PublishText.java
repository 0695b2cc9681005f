package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.rollout.PublishDraftResult.ImpactFlaw;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;

/** What is chosen, and what keeps it from being done, in words. */
public final class PublishText {

    private PublishText() {}

    /** What happens is said on the button before it is pressed. */
    static String button(RolloutChoice choice, int number) {
        if (choice.publishAt() != null) {
            return translate("publish.button.later", number);
        }
        return switch (choice.timing()) {
            case NEW_ONLY -> translate("publish.button.new", number);
            case AT_RENEWAL -> translate("publish.button.renewal", number);
            case NOW -> translate("publish.button.now", number);
        };
    }

    public static String name(Timing timing) {
        return switch (timing) {
            case NEW_ONLY -> translate("publish.timing.new");
            case AT_RENEWAL -> translate("publish.timing.renewal");
            case NOW -> translate("publish.timing.now");
        };
    }

    public static String meaning(Timing timing) {
        return switch (timing) {
            case NEW_ONLY -> translate("publish.timing.new.why");
            case AT_RENEWAL -> translate("publish.timing.renewal.why");
            case NOW -> translate("publish.timing.now.why");
        };
    }

    static String of(Rollout.State state) {
        return switch (state) {
            case SCHEDULED -> translate("published.scheduled");
            case RUNNING -> translate("published.running");
            case PAUSED -> translate("published.paused");
            case STOPPED -> translate("published.stopped");
            case DONE -> translate("published.done");
            case CANCELED -> translate("published.canceled");
            case FAILED -> translate("published.failed");
        };
    }

    static String of(ImpactFlaw flaw) {
        return switch (flaw) {
            case UNKNOWN, NOT_DONE -> translate("publish.flaw.undone");
            case OTHER_CONTENT -> translate("publish.flaw.content");
            case OTHER_ON_SALE -> translate("publish.flaw.sale");
            case TOO_OLD -> translate("publish.flaw.old");
        };
    }
}
