package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.error.Check;
import dev.headroom.occasion.Occasion;
import dev.headroom.occasion.Origin;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.RolloutTurns.Turned;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What can be done about a roll-out as it stands; each says before what it will do. */
final class RolloutActs {

    private static final int LONGEST_REASON = 200;

    private final RolloutServices services;
    private final Rollout rollout;
    private final Counts counts;
    private final Runnable done;

    /** @param done told when something was done */
    RolloutActs(RolloutServices services, Rollout rollout, Counts counts, Runnable done) {
        this.services = services;
        this.rollout = rollout;
        this.counts = counts;
        this.done = done;
    }

    /** None for whoever may not publish. */
    Component[] buttons() {
        List<Button> buttons = new ArrayList<>();
        if (services.signedIn().may(Permission.PUBLISH)) {
            switch (rollout.state()) {
                case SCHEDULED -> buttons.add(new Button(translate("published.cancel"), click -> cancel()));
                case RUNNING -> {
                    buttons.add(new Button(translate("rollout.pause"), click -> pause()));
                    buttons.add(new Button(translate("rollout.stop"), click -> stop()));
                }
                case PAUSED -> {
                    Button resume = new Button(translate("rollout.resume"), click -> resume());
                    resume.addThemeVariants(ButtonVariant.PRIMARY);
                    buttons.add(resume);
                    buttons.add(new Button(translate("rollout.stop"), click -> stop()));
                }
                case DONE, STOPPED, CANCELED, FAILED -> { }
            }
            if (counts.failed() > 0 && retriable(rollout)) {
                buttons.add(new Button(translate("rollout.retry", counts.failed()), click -> retry()));
            }
        }
        return buttons.toArray(Component[]::new);
    }

    /** Whether what came to nothing can be tried again. */
    static boolean retriable(Rollout rollout) {
        return switch (rollout.state()) {
            case RUNNING, PAUSED, DONE -> rollout.withdrawnAt() == null;
            case SCHEDULED, STOPPED, CANCELED, FAILED -> false;
        };
    }

    private void cancel() {
        ask(translate("published.cancel"), translate("rollout.cancel.why", rollout.number()), services.turns()::cancel);
    }

    private void pause() {
        ask(translate("rollout.pause"), translate("rollout.pause.why", Figures.number(begins()), Figures.number(counts.moving() + counts.scheduled())),
                services.turns()::pause);
    }

    private void resume() {
        ask(translate("rollout.resume"), translate("rollout.resume.why", Figures.number(begins())), services.turns()::resume);
    }

    private void retry() {
        ask(translate("rollout.retry", counts.failed()), translate("rollout.retry.why"), (actor, id) -> services.turns().retry(actor, id, null));
    }

    /** Whom nothing was begun with. */
    private int begins() {
        return counts.waiting() + counts.notified();
    }

    private void ask(String title, String meaning, BiFunction<Actor, UUID, Turned> act) {
        new FormDialog(title, title, () -> turn(null, act), new Paragraph(meaning)).open();
    }

    /** For good, so that colleagues read why. */
    private void stop() {
        TextField reason = new TextField(translate("publish.reason"));
        reason.setHelperText(translate("publish.reason.hint"));
        reason.setMaxLength(LONGEST_REASON);
        Paragraph meaning = new Paragraph(translate(
                "rollout.stop.why", Figures.number(begins()), Figures.number(counts.scheduled()), Figures.number(counts.moved())));
        new FormDialog(translate("rollout.stop"), translate("rollout.stop.now"),
                () -> turn(Check.text("reason", reason.getValue().strip()), services.turns()::stop), meaning, reason).with("reason", reason).open();
    }

    private void turn(@Nullable String reason, BiFunction<Actor, UUID, Turned> act) {
        Actor actor = services.signedIn().actor();
        Occasion now = Occasion.current().orElseGet(() -> Occasion.from(Origin.CONSOLE));
        Turned turned = (reason == null ? now : now.because(reason)).call(() -> act.apply(actor, rollout.id()));
        if (!turned.possible()) {
            Notification.show(translate("published.late"));
        }
        done.run();
    }
}
