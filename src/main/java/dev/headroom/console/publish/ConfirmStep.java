package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.rollout.PublishingPolicy;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is about to happen, for what reason, and a word typed where many are moved or anybody at once. */
final class ConfirmStep extends Div {

    private static final int LONGEST_REASON = 200;

    private final TextField reason = new TextField(translate("publish.reason"));
    private final TextField word = new TextField();
    private final Div said = new Div();
    private @Nullable String wanted;

    ConfirmStep() {
        addClassName("choice-step");
        reason.setHelperText(translate("publish.reason.hint"));
        reason.setMaxLength(LONGEST_REASON);
        reason.setManualValidation(true);
        word.setManualValidation(true);
        word.setLabel(translate("publish.word"));
        add(said, reason, word);
    }

    /** @param moving how many could be moved */
    ConfirmStep of(PlanVersion version, RolloutChoice choice, int moving, PublishingPolicy policy) {
        said.removeAll();
        Facts facts = new Facts()
                .with(translate(version.onSale() ? "move.fact.version" : "publish.fact.version"), translate("version.name", version.number()))
                .with(translate("publish.fact.when"), choice.publishAt() == null
                        ? translate("publish.fact.now")
                        : translate("publish.fact.at", When.minuteText(choice.publishAt(), ZoneId.of(Objects.requireNonNull(choice.zone()))), choice.zone()))
                .with(translate("publish.fact.who"), PublishText.name(choice.timing()));
        if (choice.moves()) {
            facts.with(translate("publish.fact.moving"), translate(version.onSale() || choice.segment().everybody() ? "publish.fact.everybody" : "publish.fact.some", moving));
            facts.with(translate("publish.most"), most(choice, policy));
            facts.with(translate("publish.notice"), choice.noticeDays() == null
                    ? translate("publish.fact.notice", policy.riseNoticeDays(), policy.noticeDays())
                    : translate("publish.fact.days", choice.noticeDays()));
        }
        said.add(facts);
        if (choice.timing() == Timing.NOW) {
            said.add(new Paragraph(translate("publish.undone")));
        }
        wanted = choice.timing() == Timing.NOW && moving > 0 || choice.moves() && (version.onSale() || choice.segment().everybody()) && moving > policy.confirmAbove() ? version.plan().key() : null;
        word.setVisible(wanted != null);
        word.setHelperText(translate("publish.word.hint", version.plan().key()));
        return this;
    }

    private static String most(RolloutChoice choice, PublishingPolicy policy) {
        Integer bound = choice.mostRisePercent() == null ? policy.mostRisePercent() : choice.mostRisePercent();
        return bound == null ? translate("publish.fact.unbounded") : Figures.percent(bound);
    }

    /** It must be typed after all. */
    void want(String key, int accounts) {
        wanted = key;
        word.setVisible(true);
        word.setHelperText(translate("publish.word.hint", key));
        word.setErrorMessage(translate("publish.word.many", accounts, key));
        word.setInvalid(true);
        word.focus();
    }

    /** Whether there is a reason, and the word where it is wanted; what is missing is marked. */
    boolean clear() {
        reason.setErrorMessage(translate("publish.reason.missing"));
        reason.setInvalid(reason.getValue().isBlank());
        word.setErrorMessage(translate("publish.word.wrong", Objects.requireNonNullElse(wanted, "")));
        word.setInvalid(wanted != null && !word.getValue().strip().equals(wanted));
        if (reason.isInvalid()) {
            reason.focus();
        } else if (word.isInvalid()) {
            word.focus();
        }
        return !reason.isInvalid() && !word.isInvalid();
    }

    String reason() {
        return reason.getValue().strip();
    }

    @Nullable String confirmation() {
        return wanted == null ? null : word.getValue().strip();
    }
}
