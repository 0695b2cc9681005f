package dev.headroom.console.draft;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.dom.DomEvent;

/** Undo and redo by keys, wherever the focus is; a text that somebody is at is the browser's to undo until it is left. */
final class UndoKeys {

    private static final String LISTENER = """
            const host = this;
            let before = '';
            const keep = event => { before = event.composedPath()[0].value; };
            const press = event => {
              if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'z') return;
              if (!host.isConnected || document.querySelector('vaadin-dialog[opened]')) return;
              const target = event.composedPath()[0];
              if (/^(INPUT|TEXTAREA)$/.test(target.tagName) && target.value !== before) return;
              event.preventDefault();
              host.dispatchEvent(new CustomEvent(event.shiftKey ? 'draft-redo' : 'draft-undo'));
            };
            host.undoKeys?.abort();
            host.undoKeys = new AbortController();
            const {signal} = host.undoKeys;
            document.addEventListener('focusin', keep, {signal});
            document.addEventListener('change', keep, {signal});
            document.addEventListener('keydown', press, {signal});
            """;

    private UndoKeys() {}

    static void listen(Component host, Runnable undo, Runnable redo) {
        host.getElement().addEventListener("draft-undo", (DomEvent event) -> undo.run());
        host.getElement().addEventListener("draft-redo", (DomEvent event) -> redo.run());
        host.addAttachListener(event -> host.getElement().executeJs(LISTENER));
        host.addDetachListener(event -> host.getElement().executeJs("this.undoKeys?.abort()"));
    }
}
