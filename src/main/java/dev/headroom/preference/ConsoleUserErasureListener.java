package dev.headroom.preference;

import dev.headroom.identity.ConsoleUsers.ConsoleUserChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Of whoever is erased nothing stays; whoever is disabled may come back. */
@Component
class ConsoleUserErasureListener {

    private final ListPreferences preferences;

    ConsoleUserErasureListener(ListPreferences preferences) {
        this.preferences = preferences;
    }

    @EventListener
    void on(ConsoleUserChanged changed) {
        if (changed.after().erased()) {
            preferences.forget(changed.after().id());
        }
    }
}
