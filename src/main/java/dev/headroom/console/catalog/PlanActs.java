package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Toast;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.rollout.Rollouts;
import dev.headroom.rollout.Rollouts.VersionSubscribers;
import dev.headroom.rollout.SubscriberMoves.VersionNotOnSale;
import dev.headroom.rollout.Withdrawals;
import dev.headroom.rollout.Withdrawals.RetirePlanResult.PlanRetired;
import dev.headroom.rollout.Withdrawals.RetirePlanResult.RolloutNotOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** What can be done with a plan or add-on as a whole: another one like it, off sale, on sale again; each says what it does before it does it. */
@Service
class PlanActs {

    /** What can be begun on the page of a plan or add-on. */
    static final String RETIRE = "retire";
    static final String COPY = "copy";

    private final SignedIn signedIn;
    private final Catalog catalog;
    private final DraftActs drafts;
    private final Withdrawals withdrawals;
    private final Rollouts rollouts;

    PlanActs(SignedIn signedIn, Catalog catalog, DraftActs drafts, Withdrawals withdrawals, Rollouts rollouts) {
        this.signedIn = signedIn;
        this.catalog = catalog;
        this.drafts = drafts;
        this.withdrawals = withdrawals;
        this.rollouts = rollouts;
    }

    /**
     * Of those what whoever is signed in may do.
     *
     * @param changed told when it is on sale, or is not any more
     */
    List<Button> of(PlanRow row, Runnable changed) {
        List<Button> acts = new ArrayList<>();
        String name = row.plan().name();
        if (signedIn.may(Permission.CATALOG)) {
            acts.add(button(translate("plan.copy"), translate("plan.copy.of", name), () -> copy(row)));
        }
        if (signedIn.may(Permission.PUBLISH)) {
            if (row.version().onSale()) {
                Button retire = button(translate("plan.retire"), translate("plan.retire.of", name), () -> retire(row, changed));
                retire.addThemeVariants(ButtonVariant.ERROR);
                acts.add(retire);
            } else {
                acts.add(button(translate("plan.unretire"), translate("plan.unretire.of", name), () -> unretire(row, changed)));
            }
        }
        return acts;
    }

    private static Button button(String text, String aloud, Runnable act) {
        Button button = new Button(text, click -> act.run());
        button.setAriaLabel(aloud);
        return button;
    }

    /** A draft of another plan that begins as the version that the row shows. */
    void copy(PlanRow row) {
        if (!signedIn.may(Permission.CATALOG)) {
            return;
        }
        Plan plan = row.plan();
        TextField key = new TextField(translate("draft.key"));
        key.setHelperText(translate("draft.key.hint"));
        key.setValue(plan.key() + "-copy");
        String input = plan.tier() ? "input.copiedPlan" : "input.copiedAddOn";
        new FormDialog(translate("plan.copy.of", plan.name()), translate("draft.make"),
                () -> drafts.go(new Wanted.Copy(plan.kind(), plan.key(), row.version().number(), key.getValue().strip())),
                new Paragraph(translate("plan.copy.why", plan.name(), row.version().number())), key)
                .with(input + ".key", key).open();
    }

    void retire(PlanRow row, Runnable changed) {
        if (!signedIn.may(Permission.PUBLISH) || !row.version().onSale()) {
            return;
        }
        Plan plan = row.plan();
        int having = rollouts.subscribers(signedIn.actor(), plan.key()).stream().mapToInt(VersionSubscribers::subscriptions).sum();
        new FormDialog(translate("plan.retire.of", plan.name()), translate("plan.retire.of", plan.name()), () -> {
            retire(row.version());
            changed.run();
            Toast.undoable(translate("plan.retired.done", plan.name()), translate("plan.unretire"), () -> {
                withdrawals.unretire(signedIn.actor(), plan.key());
                changed.run();
            });
        }, new Paragraph(translate("plan.retire.why", having)), new Paragraph(translate("plan.retire.stays"))).open();
    }

    /** The version that was looked at, and none that somebody has put in its place since. */
    private void retire(PlanVersion seen) {
        switch (withdrawals.retire(signedIn.actor(), seen.plan().key(), seen.number())) {
            case PlanRetired _ -> { }
            case VersionNotOnSale(var _, var _, var onSale) -> throw HeadroomException.of(ErrorCode.CONFLICT, null, translate("plan.retire.other", Objects.requireNonNull(onSale)));
            case RolloutNotOver(var rollout) -> throw HeadroomException.of(ErrorCode.CONFLICT, null, translate("plan.retire.moving", rollout.number()));
        }
    }

    private void unretire(PlanRow row, Runnable changed) {
        Plan plan = row.plan();
        PlanVersion version = catalog.lastRetired(plan).orElse(row.version());
        String title = translate("plan.unretire.version", version.number(), plan.name());
        new FormDialog(title, title, () -> {
            withdrawals.unretire(signedIn.actor(), plan.key());
            changed.run();
            Toast.undoable(translate("plan.unretired.done", plan.name()), translate("plan.retire"), () -> {
                retire(version);
                changed.run();
            });
        }, new Paragraph(translate("plan.unretire.why", PriceText.summary(version)))).open();
    }
}
