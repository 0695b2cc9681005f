package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import dev.headroom.catalog.FeatureId;
import dev.headroom.console.EmptyState;
import dev.headroom.entitlement.Meter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Meters that move while somebody looks at them: the browser asks every two seconds for what the node knows anyway, and gets those that are
 * different. It asks only while they can be seen, and for a quarter of an hour: a page that asks for ever would keep its session for ever.
 */
@StyleSheet("meters.css")
public final class LiveMeters extends Div {

    public static final int MILLIS = 2_000;
    public static final Duration LONGEST = Duration.ofMinutes(15);

    private final Supplier<List<Meter>> read;
    private final Function<Set<FeatureId>, Map<FeatureId, MeterCard>> cards;
    private final InstantSource clock;
    private final Div meters = new Div();
    private final Div ended = new Div();
    private final Map<FeatureId, MeterCard> shown = new HashMap<>();
    private List<Meter> known = List.of();
    private Runnable moved = () -> { };
    private Instant until = Instant.EPOCH;
    private @Nullable Registration looking;

    /**
     * @param read  what is counted, as it stands
     * @param cards to show those features with, as many as there are
     */
    LiveMeters(Supplier<List<Meter>> read, Function<Set<FeatureId>, Map<FeatureId, MeterCard>> cards, InstantSource clock) {
        this.read = read;
        this.cards = cards;
        this.clock = clock;
        meters.addClassName("meters");
        Button on = new Button(translate("meter.live.on"), click -> start());
        ended.add(new Span(translate("meter.live.ended")), on);
        ended.addClassNames("live-ended", "quiet");
        ended.getElement().setAttribute("role", "status");
        add(meters);
        show(read.get());
    }

    /** What else to show anew when something has moved. */
    LiveMeters with(Runnable also) {
        moved = also;
        return this;
    }

    private void look() {
        if (!clock.instant().isBefore(until)) {
            stop();
            add(ended);
            return;
        }
        List<Meter> now = read.get();
        if (!now.equals(known)) {
            show(now);
            moved.run();
        }
    }

    private void show(List<Meter> now) {
        Set<FeatureId> before = features(known);
        Set<FeatureId> changed = features(now.stream().filter(meter -> !known.contains(meter)).toList());
        known = now;
        if (!features(now).equals(before)) {
            shown.clear();
            meters.removeAll();
            changed = features(now);
        }
        Map<FeatureId, MeterCard> made = cards.apply(changed);
        now.forEach(meter -> put(meter.feature().id(), made.get(meter.feature().id())));
        if (now.isEmpty()) {
            meters.add(new EmptyState(translate("meter.none"), translate("meter.none.why")));
        }
    }

    private void put(FeatureId feature, @Nullable MeterCard card) {
        if (card == null) {
            return;
        }
        Component old = shown.put(feature, card);
        if (old == null) {
            meters.add(card);
        } else {
            meters.replace(old, card);
        }
    }

    private static Set<FeatureId> features(List<Meter> meters) {
        return meters.stream().map(meter -> meter.feature().id()).collect(Collectors.toSet());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        start();
    }

    @Override
    protected void onDetach(DetachEvent event) {
        stop();
    }

    /** A tab that is not chosen stays attached, but is disabled. */
    @Override
    public void onEnabledStateChanged(boolean enabled) {
        super.onEnabledStateChanged(enabled);
        if (enabled && isAttached()) {
            start();
        } else {
            stop();
        }
    }

    private void start() {
        stop();
        UI ui = UI.getCurrent();
        until = clock.instant().plus(LONGEST);
        ended.removeFromParent();
        ui.setPollInterval(MILLIS);
        Registration polls = ui.addPollListener(_ -> look());
        ComponentUtil.setData(ui, LiveMeters.class, this);
        looking = () -> {
            polls.remove();
            // Where two take turns, the one that comes may be there before the other one has gone.
            if (ComponentUtil.getData(ui, LiveMeters.class) == this) {
                ComponentUtil.setData(ui, LiveMeters.class, null);
                ui.setPollInterval(-1);
            }
        };
    }

    private void stop() {
        Registration running = looking;
        looking = null;
        if (running != null) {
            running.remove();
        }
    }
}
