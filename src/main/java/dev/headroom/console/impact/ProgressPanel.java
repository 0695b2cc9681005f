package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import dev.headroom.console.Figures;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Watch;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.Impacts;
import java.time.InstantSource;
import java.util.function.Consumer;

/** How far it has come, looked at again every second until it has ended. */
public final class ProgressPanel extends Div {

    private static final int LOOK_MILLIS = 1_000;

    private final Element bar = new Element("progress");
    private final Paragraph said = new Paragraph();

    /** @param ended told once */
    public ProgressPanel(SignedIn signedIn, Impacts impacts, InstantSource clock, ImpactRun run, Consumer<ImpactRun> ended) {
        addClassName("progress");
        bar.setAttribute("aria-label", translate("impact.progress"));
        Button cancel = new Button(translate("impact.cancel"), click -> ended.accept(impacts.cancel(signedIn.actor(), run.id())));
        getElement().appendChild(bar);
        add(said, cancel);
        show(run);
        Watch.over(this, LOOK_MILLIS, clock, () -> {
            ImpactRun now = impacts.byId(signedIn.actor(), run.id());
            show(now);
            if (now.state() != ImpactRun.State.RUNNING) {
                ended.accept(now);
            }
        });
    }

    private void show(ImpactRun run) {
        bar.setAttribute("max", String.valueOf(Math.max(1, run.total())));
        bar.setAttribute("value", String.valueOf(run.done()));
        said.setText(translate("impact.progress.of", Figures.number(run.done()), Figures.number(run.total())));
    }
}
