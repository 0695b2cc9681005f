package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.PlanChangeCanceled;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations.CancelPlanChangeResult;
import dev.headroom.change.PlanChangeCancellations.PlanChangeNotOpen;
import dev.headroom.console.Sentences;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;

/** What became of taking a change back, for whoever pressed the button. */
public final class TakenBack {

    private TakenBack() {}

    /** Of one that waited for the end of the period. */
    public static Notice of(CancelPlanChangeResult result) {
        return switch (result) {
            case PlanChangeCanceled _ -> new Notice(Notice.Kind.SUCCESS, translate("change.taken.back"), translate("change.taken.back.why"));
            case PlanChangeNotOpen(var ended) -> over(ended);
            case ChangeInProgress _ -> busy();
        };
    }

    /** It ended before it could be given up. */
    static Notice over(PlanChange ended) {
        boolean made = ended.effectiveAt() != null && ended.state() == PlanChange.State.APPLIED;
        return new Notice(
                Notice.Kind.INFO, translate("change.not.open"),
                made ? translate("change.not.open.made") : translate("change.not.open.why", Words.of(ended.state())));
    }

    static Notice busy() {
        return new Notice(Notice.Kind.INFO, translate("change.busy"), translate("change.busy.why"));
    }

    public static Notice unknown(HeadroomException cause) {
        return new Notice(Notice.Kind.ERROR, translate("change.unknown"), Sentences.of(cause.getMessage()));
    }
}
