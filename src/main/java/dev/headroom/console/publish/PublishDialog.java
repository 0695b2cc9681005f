package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.change.Notice;
import dev.headroom.console.diff.DiffPanel;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.id.Ids;
import dev.headroom.rollout.PublishDraft;
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
import org.jspecify.annotations.Nullable;

/** Four steps to putting a draft on sale. What was said in one is kept while one goes back and forth, and while it is closed. */
final class PublishDialog extends Dialog {

    private final PublishServices services;
    private final DraftId id;
    private final Runnable changed;
    private final OrderedList way = new OrderedList();
    private final H2 heading = new H2();
    private final Div news = new Div();
    private final Div body = new Div();
    private final Span waiting = new Span();
    private final Button back = new Button(translate("publish.back"), click -> step(-1));
    private final Button next = new Button(translate("publish.next"), click -> step(1));
    private final Button publish = new Button("", click -> publish());
    private final ImpactStep impact;
    private final ChoiceStep choice;
    private final ConfirmStep confirm;
    /** Of what is to be published and not of the click: however often it is pressed, it is published once. */
    private String idempotencyKey = Ids.next().toString();
    private Step at = Step.DIFF;
    private @Nullable Candidate candidate;

    /** An overlay gives the focus to its first button once it is drawn: then, and not when somebody moves it, it belongs to what the step is called. */
    private static final String BEGIN_AT = """
            const leave = () => {
              this.removeEventListener('focusin', begin);
              ['keydown', 'pointerdown'].forEach(act => removeEventListener(act, leave, true));
            };
            const begin = event => {
              if (event.target !== $0) {
                leave();
                $0.focus();
              }
            };
            this.addEventListener('focusin', begin);
            ['keydown', 'pointerdown'].forEach(act => addEventListener(act, leave, true));
            setTimeout(leave, 1000);
            """;

    /** In their order. */
    private enum Step {
        DIFF,
        IMPACT,
        ROLLOUT,
        CONFIRM
    }

    /** @param changed told when it is published, or is not what was read any more */
    PublishDialog(PublishServices services, DraftId id, Runnable changed) {
        this.services = services;
        this.id = id;
        this.changed = changed;
        impact = new ImpactStep(services, this::allow);
        choice = new ChoiceStep(services.policies().current(services.signedIn().actor()), services.clock());
        confirm = new ConfirmStep();
        addClassName("publish");
        way.addClassName("steps");
        way.getElement().setAttribute("aria-label", translate("publish.steps"));
        news.addClassName("news");
        waiting.addClassName("quiet");
        waiting.getElement().setAttribute("role", "status");
        next.addThemeVariants(ButtonVariant.PRIMARY);
        publish.addThemeVariants(ButtonVariant.PRIMARY);
        publish.setDisableOnClick(true);
        add(way, heading, news, body);
        getFooter().add(waiting, new Button(translate("publish.close"), click -> close()), back, next, publish);
    }

    /** From the first step, with the draft as it is now. */
    void begin() {
        switch (services.drafts().candidate(services.signedIn().actor(), id)) {
            case Candidate now -> {
                candidate = now;
                setHeaderTitle(translate("publish.title", now.version().plan().name(), now.version().number()));
                choice.about(now.version(), services.catalog().snapshot());
                news.removeAll();
                open();
                go(Step.DIFF);
                getElement().executeJs(BEGIN_AT, heading);
            }
            case CandidateHasFindings _ -> changed.run();
            case DraftNotOpen _ -> changed.run();
        }
    }

    private void step(int by) {
        go(Step.values()[at.ordinal() + by]);
    }

    private void go(Step wanted) {
        Candidate of = candidate;
        if (of == null || wanted == Step.CONFIRM && !choice.clear()) {
            return;
        }
        at = wanted;
        body.removeAll();
        body.add(content(of));
        heading.setText(title(at));
        way.removeAll();
        for (Step step : Step.values()) {
            ListItem item = new ListItem(title(step));
            item.getElement().setAttribute("aria-current", step == at ? "step" : "false");
            way.add(item);
        }
        back.setVisible(at != Step.DIFF);
        next.setVisible(at != Step.CONFIRM);
        publish.setVisible(at == Step.CONFIRM);
        publish.setEnabled(true);
        publish.setText(PublishText.button(choice.chosen(), of.version().number()));
        allow();
        Notice.focus(heading);
    }

    /** Nobody goes on who has not seen what it does. */
    private void allow() {
        boolean seen = at != Step.IMPACT || impact.seen().isPresent();
        next.setEnabled(seen);
        waiting.setText(seen ? "" : translate("publish.unseen"));
    }

    private Component content(Candidate of) {
        CatalogSnapshot known = services.catalog().snapshot();
        return switch (at) {
            case DIFF -> new DiffPanel(services.drafts().diff(services.signedIn().actor(), of.draft()), known, of.draft().subject().kind());
            case IMPACT -> impact.of(of.version());
            case ROLLOUT -> choice;
            case CONFIRM -> confirm.of(of.version(), choice.chosen(), impact.moving(), services.policies().current(services.signedIn().actor()));
        };
    }

    private static String title(Step step) {
        return switch (step) {
            case DIFF -> translate("publish.diff");
            case IMPACT -> translate("publish.impact");
            case ROLLOUT -> translate("publish.rollout");
            case CONFIRM -> translate("publish.confirm");
        };
    }

    private void publish() {
        Candidate of = candidate;
        publish.setEnabled(true);
        if (of == null || !confirm.clear()) {
            return;
        }
        take(of, services.publications().publish(services.signedIn().actor(), new PublishDraft(
                idempotencyKey, id, of.revision(), impact.seen().orElseThrow(), choice.chosen(), confirm.confirmation(), confirm.reason())));
    }

    private void take(Candidate of, PublishDraftResult result) {
        news.removeAll();
        switch (result) {
            case DraftPublished(var rollout) -> {
                close();
                idempotencyKey = Ids.next().toString();
                boolean later = choice.chosen().publishAt() != null;
                Notification.show(translate(later ? "publish.done.later" : "publish.done", of.version().plan().name(), rollout.number()));
                changed.run();
                UI.getCurrent().getPage().executeJs("requestAnimationFrame(() => document.querySelector('main h1')?.focus())");
            }
            case ConfirmationWanted(var word, var accounts) -> confirm.want(word, accounts);
            case DraftEditedSince _ -> restart(translate("publish.edited"), translate("publish.edited.why"));
            case ImpactNotUsable(var flaw, var _) -> {
                impact.forget();
                go(Step.IMPACT);
                say(translate("publish.impact.flaw"), PublishText.of(flaw));
            }
            case DraftHasFindings _ -> leave();
            case PublishDraftResult.DraftNotOpen _ -> leave();
            case PublisherIsEditor _ -> say(translate("publish.editor"), translate("publish.editor.why"));
            case RolloutNotOver(var other) -> say(translate("publish.other"), translate("publish.other.why", other.number()));
            case PublishDateOver _ -> amend(translate("publish.date.over"));
            case NoticeTooShort(var least) -> amend(translate("publish.notice.short", least));
            case RiseAboveBound(var most) -> amend(translate("publish.rise.bound", most));
        }
    }

    private void leave() {
        close();
        changed.run();
    }

    private void restart(String what, String why) {
        begin();
        say(what, why);
    }

    private void amend(String why) {
        go(Step.ROLLOUT);
        say(translate("publish.amend"), why);
    }

    private void say(String what, String why) {
        Notice notice = new Notice(Notice.Kind.ERROR, what, why);
        news.add(notice);
        Notice.focus(notice);
    }
}
