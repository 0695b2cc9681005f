package dev.headroom.console;

import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.change.PlanChange;
import dev.headroom.limits.Decision;
import dev.headroom.subscription.SubscriptionState;

/** How things stand, as a word with a colour; never a colour alone. */
public final class Status {

    private Status() {}

    public static Badge of(PlanVersion.State state) {
        return switch (state) {
            case DRAFT -> badge(state);
            case PUBLISHED -> badge(state, BadgeVariant.SUCCESS);
            case RETIRED -> badge(state, BadgeVariant.CONTRAST);
        };
    }

    public static Badge of(SubscriptionState state) {
        return switch (state) {
            case ACTIVE -> badge(state, BadgeVariant.SUCCESS);
            case TRIALING -> badge(state);
            case INCOMPLETE, PAST_DUE, UNPAID -> badge(state, BadgeVariant.ERROR);
            case CANCELED -> badge(state, BadgeVariant.CONTRAST);
        };
    }

    public static Badge of(Decision.State state) {
        return switch (state) {
            case OK -> badge(state, BadgeVariant.SUCCESS);
            case WARNING, OVERAGE, GRACE -> badge(state, BadgeVariant.WARNING);
            case BLOCKED -> badge(state, BadgeVariant.ERROR);
        };
    }

    public static Badge of(PlanChange.State state) {
        return switch (state) {
            case REQUESTED, CANCELING, SCHEDULED -> badge(state);
            case ACTION_REQUIRED -> badge(state, BadgeVariant.WARNING);
            case APPLIED -> badge(state, BadgeVariant.SUCCESS);
            case MISMATCHED, DECLINED, REFUSED -> badge(state, BadgeVariant.ERROR);
            case ABANDONED, CANCELED -> badge(state, BadgeVariant.CONTRAST);
        };
    }

    public static Badge of(ApprovalRequest.ApprovalState state) {
        return switch (state) {
            case REQUESTED -> badge(state, BadgeVariant.WARNING);
            case APPROVED, ACCEPTED -> badge(state, BadgeVariant.SUCCESS);
            case COUNTERED -> badge(state);
            case REJECTED -> badge(state, BadgeVariant.ERROR);
            case WITHDRAWN, EXPIRED -> badge(state, BadgeVariant.CONTRAST);
        };
    }

    private static Badge badge(Enum<?> state, BadgeVariant... variants) {
        String word = Words.of(state);
        Badge badge = new Badge(word.substring(0, 1).toUpperCase(ConsoleTexts.language()) + word.substring(1));
        badge.addThemeVariants(variants);
        return badge;
    }
}
