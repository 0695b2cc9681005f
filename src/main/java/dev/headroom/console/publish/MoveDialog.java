package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Sentences;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.PublishDraftResult.ConfirmationWanted;
import dev.headroom.rollout.PublishDraftResult.ImpactNotUsable;
import dev.headroom.rollout.PublishDraftResult.NoticeTooShort;
import dev.headroom.rollout.PublishDraftResult.PublishDateOver;
import dev.headroom.rollout.PublishDraftResult.PublisherIsEditor;
import dev.headroom.rollout.PublishDraftResult.RiseAboveBound;
import dev.headroom.rollout.PublishDraftResult.RolloutNotOver;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;
import dev.headroom.rollout.SubscriberMoves.MoveSubscribers;
import dev.headroom.rollout.SubscriberMoves.MoveSubscribersResult;
import dev.headroom.rollout.SubscriberMoves.SubscribersMoving;
import dev.headroom.rollout.SubscriberMoves.VersionNotOnSale;
import java.util.List;

/** Four steps to moving those who have another version to the one that is on sale. */
final class MoveDialog extends StepsDialog<MoveDialog.Step> {

    private final PublishServices services;
    private final PlanVersion sold;
    private final Runnable changed;
    private final SegmentFields segment = new SegmentFields();
    private final ImpactStep impact;
    private final ChoiceStep choice;
    private final ConfirmStep confirm = new ConfirmStep();
    /** Of what is to be done and not of the click: however often it is pressed, it is begun once. */
    private final String idempotencyKey = Ids.next().toString();

    /** In their order. */
    enum Step {
        WHOM,
        IMPACT,
        ROLLOUT,
        CONFIRM
    }

    /**
     * @param from    the version whose subscribers are chosen to begin with
     * @param changed told when somebody is moved, or the version is not on sale any more
     */
    MoveDialog(PublishServices services, PlanVersion from, PlanVersion sold, Runnable changed) {
        super(List.of(Step.values()));
        this.services = services;
        this.sold = sold;
        this.changed = changed;
        impact = new ImpactStep(services, this::allow);
        choice = new ChoiceStep(services.policy(), services.clock(), List.of(Timing.AT_RENEWAL, Timing.NOW)).ofThose();
        segment.about(services.catalog().snapshot().versionsOf(sold.plan()).stream().filter(version -> !version.id().equals(sold.id())).toList());
        segment.begin(from);
    }

    void begin() {
        begin(translate("move.title", sold.plan().name(), sold.number()));
    }

    /** Who is named has to be somebody before anybody is looked at. */
    @Override
    boolean mayCome(Step to) {
        return switch (to) {
            case WHOM -> true;
            case IMPACT -> segment.clear() && known(segment.chosen());
            case ROLLOUT -> impact.seen().isPresent();
            case CONFIRM -> choice.clear();
        };
    }

    private boolean known(Segment chosen) {
        try {
            forgetNews();
            services.seeing().lines().named(services.signedIn().actor(), chosen, "input.segment");
            return true;
        } catch (HeadroomException unknown) {
            say(translate("publish.amend"), Sentences.of(unknown.getMessage()));
            return false;
        }
    }

    /** Nobody goes on who has not seen what it does. */
    @Override
    boolean maySeeNext(Step from) {
        return from != Step.IMPACT || impact.seen().isPresent();
    }

    @Override
    Component content(Step step) {
        return switch (step) {
            case WHOM -> new Div(new Paragraph(translate("move.whom.why", sold.number())), segment);
            case IMPACT -> impact.of(sold, segment.chosen());
            case ROLLOUT -> choice;
            case CONFIRM -> confirm.of(sold, chosen(), impact.moving(), services.policy());
        };
    }

    @Override
    String title(Step step) {
        return switch (step) {
            case WHOM -> translate("move.whom");
            case IMPACT -> translate("publish.impact");
            case ROLLOUT -> translate("move.when");
            case CONFIRM -> translate("publish.confirm");
        };
    }

    private RolloutChoice chosen() {
        RolloutChoice when = choice.chosen();
        return new RolloutChoice(when.timing(), segment.chosen(), when.mostRisePercent(), when.noticeDays(), when.publishAt(), when.zone());
    }

    @Override
    String saidOnButton() {
        RolloutChoice chosen = chosen();
        if (chosen.publishAt() != null) {
            return translate("move.button.later", impact.moving(), sold.number());
        }
        return translate(chosen.timing() == Timing.NOW ? "move.button.now" : "move.button.renewal", impact.moving(), sold.number());
    }

    @Override
    void act() {
        if (confirm.clear()) {
            take(services.moves().move(services.signedIn().actor(), new MoveSubscribers(
                    idempotencyKey, sold.plan().key(), sold.number(), impact.seen().orElseThrow(), chosen(), confirm.confirmation(), confirm.reason())));
        }
    }

    private void take(MoveSubscribersResult result) {
        forgetNews();
        switch (result) {
            case SubscribersMoving(var rollout) -> {
                services.tell(translate(rollout.terms().choice().publishAt() == null ? "move.done" : "move.done.later", sold.plan().name(), sold.number()), rollout);
                changed.run();
                leave();
            }
            case VersionNotOnSale _ -> say(translate("move.off"), translate("move.off.why", sold.number()));
            case ConfirmationWanted(var word, var accounts) -> confirm.want(word, accounts);
            case ImpactNotUsable(var flaw, var _) -> {
                impact.forget();
                go(Step.IMPACT);
                say(translate("publish.impact.flaw"), PublishText.of(flaw));
            }
            case PublisherIsEditor _ -> say(translate("move.editor"), translate("move.editor.why"));
            case RolloutNotOver(var other) -> say(translate("publish.other"), translate("publish.other.why", other.number()));
            case PublishDateOver _ -> amend(translate("publish.date.over"));
            case NoticeTooShort(var least) -> amend(translate("publish.notice.short", least));
            case RiseAboveBound(var most) -> amend(translate("publish.rise.bound", most));
        }
    }

    private void amend(String why) {
        go(Step.ROLLOUT);
        say(translate("publish.amend"), why);
    }
}
