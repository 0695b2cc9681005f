package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again while something is on the page: the browser asks, as long as nobody stops it and for a quarter of an hour, because a
 * page that asks for ever would keep its session for ever. One at a time on a page.
 */
public final class Watch {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final int millis;
    private final InstantSource clock;
    private final Runnable look;
    private Instant until = Instant.EPOCH;
    private @Nullable Registration looking;

    private Watch(int millis, InstantSource clock, Runnable look) {
        this.millis = millis;
        this.clock = clock;
        this.look = look;
    }

    /** Begins when that is on the page, and ends when it is not any more. */
    public static Watch over(Component host, int millis, InstantSource clock, Runnable look) {
        Watch watch = new Watch(millis, clock, look);
        host.addAttachListener(event -> watch.start());
        host.addDetachListener(event -> watch.stop());
        if (host.isAttached()) {
            watch.start();
        }
        return watch;
    }

    private void start() {
        stop();
        UI ui = UI.getCurrent();
        until = clock.instant().plus(LONGEST);
        ui.setPollInterval(millis);
        Registration polls = ui.addPollListener(_ -> look());
        ComponentUtil.setData(ui, Watch.class, this);
        looking = () -> {
            polls.remove();
            // Where two take turns, the one that comes may be there before the other one has gone.
            if (ComponentUtil.getData(ui, Watch.class) == this) {
                ComponentUtil.setData(ui, Watch.class, null);
                ui.setPollInterval(-1);
            }
        };
    }

    private void look() {
        if (clock.instant().isBefore(until)) {
            look.run();
        } else {
            stop();
        }
    }

    public void stop() {
        Registration running = looking;
        looking = null;
        if (running != null) {
            running.remove();
        }
    }
}
