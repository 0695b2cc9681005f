package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ScheduledChanges.PlanChangesReordered;
import dev.headroom.change.ScheduledChanges.QueueHasChanged;
import dev.headroom.change.ScheduledChanges.ReorderPlanChangesResult;
import dev.headroom.change.ScheduledChanges.ReorderRefused;

/** What became of another order, for whoever pressed the button. */
public final class Reordered {

    private Reordered() {}

    public static Notice of(ReorderPlanChangesResult result) {
        return switch (result) {
            case PlanChangesReordered _ -> new Notice(Notice.Kind.SUCCESS, translate("change.reordered"), translate("change.reordered.why"));
            case QueueHasChanged _ -> new Notice(Notice.Kind.INFO, translate("change.queue.changed"), translate("change.queue.changed.why"));
            case ReorderRefused(var code, var message) -> new Notice(
                    Notice.Kind.ERROR, translate("change.reorder.refused"), translate("change.reorder.refused.why", message, code));
            case ChangeInProgress _ -> TakenBack.busy();
        };
    }
}
