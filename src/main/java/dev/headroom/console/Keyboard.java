package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys that work on every page. Listened to in the browser, for {@code g p} is a sequence and single keys must be ignored
 * where somebody types; whoever dictates or cannot avoid stray keys switches single ones off (WCAG 2.1.4).
 */
final class Keyboard {

    static final String SWITCHED_OFF = "headroom.keys";

    private static final String LISTENER = """
            const host = this;
            if (host.headroomKeys) document.removeEventListener('keydown', host.headroomKeys);
            let going = false;
            const tell = what => host.dispatchEvent(new CustomEvent('headroom-key', {detail: what}));
            const types = target => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
              || target.closest('vaadin-select, [role=listbox], [role=menu]');
            host.headroomKeys = event => {
              if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
                event.preventDefault(); tell('palette'); return;
              }
              const off = localStorage.getItem('%s') === 'off';
              if (off || event.ctrlKey || event.metaKey || event.altKey || types(event.composedPath()[0])) return;
              if (document.querySelector(':is(vaadin-dialog, vaadin-confirm-dialog)[opened]')) return;
              if (going) { going = false; if ($0.includes(event.key)) tell(event.key); return; }
              if (event.key === 'g') { going = true; setTimeout(() => going = false, 1500); }
              if (event.key === '?') tell('help');
              host.rowKeys?.(event);
            };
            document.addEventListener('keydown', host.headroomKeys);
            """.formatted(SWITCHED_OFF);

    private Keyboard() {}

    static void listen(Component host, List<Place> places, Runnable palette, Runnable help) {
        host.getElement()
                .addEventListener("headroom-key", event -> act(event.getEventData().get("event.detail").asString(), places, palette, help))
                .addEventData("event.detail");
        RowKeys.listen(host);
        host.getElement().executeJs(LISTENER, places.stream()
                .map(place -> String.valueOf(place.key()))
                .collect(Collectors.joining()));
    }

    private static void act(String what, List<Place> places, Runnable palette, Runnable help) {
        if (what.equals("palette")) {
            palette.run();
        } else if (what.equals("help")) {
            help.run();
        } else {
            places.stream()
                    .filter(place -> String.valueOf(place.key()).equals(what))
                    .forEach(place -> UI.getCurrent().navigate(place.path()));
        }
    }
}
