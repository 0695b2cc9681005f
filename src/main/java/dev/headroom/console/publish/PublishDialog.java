package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import dev.headroom.console.diff.DiffPanel;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.id.Ids;
import dev.headroom.rollout.Publications.PublishDraft;
import dev.headroom.rollout.PublishDraftResult;
import dev.headroom.rollout.PublishDraftResult.ConfirmationWanted;
import dev.headroom.rollout.PublishDraftResult.DraftEditedSince;
import dev.headroom.rollout.PublishDraftResult.DraftHasFindings;
import dev.headroom.rollout.PublishDraftResult.DraftPublished;
import dev.headroom.rollout.PublishDraftResult.ImpactNotUsable;
import dev.headroom.rollout.PublishDraftResult.NoticeTooShort;
import dev.headroom.rollout.PublishDraftResult.PublishDateOver;
import dev.headroom.rollout.PublishDraftResult.PublisherIsEditor;
import dev.headroom.rollout.PublishDraftResult.RiseAboveBound;
import dev.headroom.rollout.PublishDraftResult.RolloutNotOver;
import dev.headroom.rollout.RolloutChoice.Timing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Four steps to putting a draft on sale. */
final class PublishDialog extends StepsDialog<PublishDialog.Step> {

    private final PublishServices services;
    private final DraftId id;
    private final Runnable changed;
    private final ImpactStep impact;
    private final ChoiceStep choice;
    private final ConfirmStep confirm;
    /** Of what is to be published and not of the click: however often it is pressed, it is published once. */
    private String idempotencyKey = Ids.next().toString();
    private @Nullable Candidate candidate;

    /** In their order. */
    enum Step {
        DIFF,
        IMPACT,
        ROLLOUT,
        CONFIRM
    }

    /** @param changed told when it is published, or is not what was read any more */
    PublishDialog(PublishServices services, DraftId id, Runnable changed) {
        super(List.of(Step.values()));
        this.services = services;
        this.id = id;
        this.changed = changed;
        impact = new ImpactStep(services, this::allow);
        choice = new ChoiceStep(services.policy(), services.clock(), List.of(Timing.values()));
        confirm = new ConfirmStep();
    }

    /** From the first step, with the draft as it is now. */
    void begin() {
        switch (services.drafts().candidate(services.signedIn().actor(), id)) {
            case Candidate now -> {
                candidate = now;
                choice.about(now.version(), services.catalog().snapshot());
                begin(translate("publish.title", now.version().plan().name(), now.version().number()));
            }
            case CandidateHasFindings _ -> changed.run();
            case DraftNotOpen _ -> changed.run();
        }
    }

    private Candidate read() {
        return Objects.requireNonNull(candidate);
    }

    @Override
    boolean mayCome(Step to) {
        return to != Step.CONFIRM || choice.clear();
    }

    /** Nobody goes on who has not seen what it does. */
    @Override
    boolean maySeeNext(Step from) {
        return from != Step.IMPACT || impact.seen().isPresent();
    }

    @Override
    Component content(Step step) {
        Candidate of = read();
        return switch (step) {
            case DIFF -> new DiffPanel(services.drafts().diff(services.signedIn().actor(), of.draft()), services.catalog().snapshot(), of.draft().subject().kind());
            case IMPACT -> impact.of(of.version(), null);
            case ROLLOUT -> choice;
            case CONFIRM -> confirm.of(of.version(), choice.chosen(), impact.moving(), services.policy());
        };
    }

    @Override
    String title(Step step) {
        return switch (step) {
            case DIFF -> translate("publish.diff");
            case IMPACT -> translate("publish.impact");
            case ROLLOUT -> translate("publish.rollout");
            case CONFIRM -> translate("publish.confirm");
        };
    }

    @Override
    String saidOnButton() {
        return PublishText.button(choice.chosen(), read().version().number());
    }

    @Override
    void act() {
        if (confirm.clear()) {
            take(services.publications().publish(services.signedIn().actor(), new PublishDraft(
                    idempotencyKey, id, read().revision(), impact.seen().orElseThrow(), choice.chosen(), confirm.confirmation(), confirm.reason())));
        }
    }

    private void take(PublishDraftResult result) {
        forgetNews();
        switch (result) {
            case DraftPublished(var rollout) -> {
                idempotencyKey = Ids.next().toString();
                boolean later = choice.chosen().publishAt() != null;
                services.tell(translate(later ? "publish.done.later" : "publish.done", read().version().plan().name(), rollout.number()), rollout);
                changed.run();
                leave();
            }
            case ConfirmationWanted(var word, var accounts) -> confirm.want(word, accounts);
            case DraftEditedSince _ -> {
                begin();
                say(translate("publish.edited"), translate("publish.edited.why"));
            }
            case ImpactNotUsable(var flaw, var _) -> {
                impact.forget();
                go(Step.IMPACT);
                say(translate("publish.impact.flaw"), PublishText.of(flaw));
            }
            case DraftHasFindings _ -> gone();
            case PublishDraftResult.DraftNotOpen _ -> gone();
            case PublisherIsEditor _ -> say(translate("publish.editor"), translate("publish.editor.why"));
            case RolloutNotOver(var other) -> say(translate("publish.other"), translate("publish.other.why", other.number()));
            case PublishDateOver _ -> amend(translate("publish.date.over"));
            case NoticeTooShort(var least) -> amend(translate("publish.notice.short", least));
            case RiseAboveBound(var most) -> amend(translate("publish.rise.bound", most));
        }
    }

    private void gone() {
        close();
        changed.run();
    }

    private void amend(String why) {
        go(Step.ROLLOUT);
        say(translate("publish.amend"), why);
    }
}
