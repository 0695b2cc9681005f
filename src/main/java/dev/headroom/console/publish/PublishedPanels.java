package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import dev.headroom.actor.Permission;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.draft.Draft;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.RolloutTurns;
import dev.headroom.rollout.Rollouts;
import dev.headroom.rollout.Withdrawals;
import dev.headroom.rollout.Withdrawals.WithdrawVersionResult.RolloutStateForbids;
import dev.headroom.rollout.Withdrawals.WithdrawVersionResult.VersionInUse;
import dev.headroom.rollout.Withdrawals.WithdrawVersionResult.VersionWithdrawn;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What has become of a draft since it was published, or is to be at a date, and the way back while there is one. */
@Service
public class PublishedPanels {

    private final SignedIn signedIn;
    private final Rollouts rollouts;
    private final RolloutTurns turns;
    private final Withdrawals withdrawals;

    PublishedPanels(SignedIn signedIn, Rollouts rollouts, RolloutTurns turns, Withdrawals withdrawals) {
        this.signedIn = signedIn;
        this.rollouts = rollouts;
        this.turns = turns;
        this.withdrawals = withdrawals;
    }

    /**
     * Empty where it was never published.
     *
     * @param changed told when that is something else
     */
    public Component of(Draft draft, Runnable changed) {
        return rollouts.of(signedIn.actor(), draft.id()).<Component>map(rollout -> panel(rollout, changed)).orElseGet(Div::new);
    }

    private Component panel(Rollout rollout, Runnable changed) {
        Counts counts = rollouts.counts(signedIn.actor(), List.of(rollout.id())).get(rollout.id());
        Facts facts = new Facts()
                .with(translate("published.state"), PublishText.of(rollout.state()))
                .with(translate("publish.fact.when"), When.minute(rollout.publishAt(), rollout.zone() == null ? ZoneOffset.UTC : ZoneId.of(rollout.zone())))
                .with(translate("publish.fact.who"), PublishText.name(rollout.timing()))
                .with(translate("publish.reason"), rollout.reason())
                .with(translate("rollout.one"), new Anchor("rollouts/" + rollout.id(), translate("rollout.open")))
                .with(translate("published.impact"), new Anchor("impacts/" + rollout.impact(), translate("published.impact.show")));
        if (counts != null && counts.total() > 0) {
            facts.with(translate("published.moved"), translate(
                    "published.moved.of", Figures.number(counts.moved()), Figures.number(counts.total()), Figures.number(counts.skipped()), Figures.number(counts.failed())));
        }
        Section section = new Section(translate("published.title", rollout.number()), facts);
        if (signedIn.may(Permission.PUBLISH)) {
            back(rollout, changed).ifPresent(section::add);
        }
        return section;
    }

    private Optional<Button> back(Rollout rollout, Runnable changed) {
        if (rollout.state() == Rollout.State.SCHEDULED) {
            return Optional.of(new Button(translate("published.cancel"), click -> {
                boolean canceled = turns.cancel(signedIn.actor(), rollout.id()).possible();
                Notification.show(translate(canceled ? "published.canceled" : "published.late"));
                changed.run();
            }));
        }
        return rollout.publishedAt() == null || rollout.withdrawnAt() != null
                ? Optional.empty()
                : Optional.of(new Button(translate("published.withdraw", rollout.number()), click -> withdraw(rollout, changed)));
    }

    private void withdraw(Rollout rollout, Runnable changed) {
        Notification.show(switch (withdrawals.withdraw(signedIn.actor(), rollout.id())) {
            case VersionWithdrawn _ -> translate("published.withdrawn", rollout.number());
            case VersionInUse(var subscriptions) -> translate("published.used", subscriptions);
            case RolloutStateForbids _ -> translate("published.late");
        });
        changed.run();
    }
}
