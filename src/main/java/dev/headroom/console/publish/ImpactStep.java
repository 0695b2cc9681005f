package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Sentences;
import dev.headroom.console.change.Notice;
import dev.headroom.console.impact.HindrancePanel;
import dev.headroom.console.impact.HistogramPanel;
import dev.headroom.console.impact.LargestPanel;
import dev.headroom.console.impact.ProgressPanel;
import dev.headroom.console.impact.SamplesPanel;
import dev.headroom.console.impact.TotalsPanel;
import dev.headroom.id.Ids;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.impact.Segment;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What it does to everybody: looked at as soon as somebody comes here, and not again while it is the same. */
final class ImpactStep extends Div {

    private final PublishServices services;
    private final Runnable moved;
    private @Nullable ImpactRun run;

    /** @param moved told when it is another run, or has ended */
    ImpactStep(PublishServices services, Runnable moved) {
        this.services = services;
        this.moved = moved;
        addClassName("impact-step");
    }

    /** The run that was seen whole. */
    Optional<UUID> seen() {
        return Optional.ofNullable(run).filter(each -> each.state() == ImpactRun.State.DONE).map(ImpactRun::id);
    }

    /** How many could be moved. */
    int moving() {
        return Optional.ofNullable(run).map(ImpactRun::summary).stream().flatMap(summary -> summary.standings().stream()).mapToInt(each -> each.total().moving()).sum();
    }

    void forget() {
        run = null;
    }

    /** @param among of a version that is sold, who is asked about; absent where it is not */
    Component of(PlanVersion version, @Nullable Segment among) {
        ImpactRun known = run;
        boolean same = known != null && known.fingerprint().equals(version.fingerprint()) && Objects.equals(known.among(), among)
                && (known.state() == ImpactRun.State.DONE || known.state() == ImpactRun.State.RUNNING);
        show(same ? services.impacts().byId(services.signedIn().actor(), known.id()) : look(version, among));
        return this;
    }

    private ImpactRun look(PlanVersion version, @Nullable Segment among) {
        String key = Ids.next().toString();
        return among == null
                ? services.impacts().start(services.signedIn().actor(), key, version)
                : services.impacts().start(services.signedIn().actor(), key, version, among);
    }

    private void show(ImpactRun now) {
        run = now;
        removeAll();
        switch (now.state()) {
            case RUNNING -> add(new ProgressPanel(services.signedIn(), services.impacts(), services.clock(), now, this::show));
            case DONE -> done(now, Objects.requireNonNull(now.summary()));
            case FAILED -> ended(now, translate("impact.failed"), translate("impact.failed.why", Sentences.of(now.failure())));
            case SUPERSEDED -> ended(now, translate("impact.superseded"), translate("impact.superseded.why"));
            case CANCELED -> ended(now, translate("impact.canceled"), translate("impact.canceled.why"));
        }
        moved.run();
    }

    private void ended(ImpactRun of, String what, String why) {
        Notice notice = new Notice(Notice.Kind.ERROR, what, why);
        notice.say(new Button(translate("impact.again"), click -> show(look(of.next(), of.among()))));
        add(notice);
    }

    private void done(ImpactRun of, ImpactSummary summary) {
        if (summary.accounts() == 0) {
            add(new EmptyState(translate("impact.nobody"), translate("impact.nobody.why")));
            return;
        }
        Anchor whole = new Anchor("impacts/" + of.id(), translate("publish.impact.whole"), AnchorTarget.BLANK);
        add(
                new TotalsPanel(summary), new H3(translate("impact.largest")), new LargestPanel(services.seeing(), of, summary), new H3(translate("impact.histogram")), new HistogramPanel(summary), new H3(translate("impact.limits")),
                HindrancePanel.limits(summary, services.catalog().snapshot()), new H3(translate("impact.hindrances")), HindrancePanel.hindrances(summary));
        if (of.among() != null) {
            add(new H3(translate("impact.samples")), new SamplesPanel(services.seeing(), of));
        }
        add(whole);
    }
}
