package dev.headroom.console;

import com.vaadin.flow.component.UI;

/** Whether a way leads to the page that says that nothing is there. */
public final class NotFound {

    private NotFound() {}

    public static boolean at(Runnable way) {
        try {
            way.run();
            return false;
        } catch (IllegalArgumentException | AssertionError anotherViewThanAskedFor) {
            return UI.getCurrent().getInternals().getActiveRouterTargetsChain().getFirst() instanceof NotFoundView;
        }
    }
}
