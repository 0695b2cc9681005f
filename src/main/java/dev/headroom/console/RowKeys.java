package dev.headroom.console;

import com.vaadin.flow.component.Component;

/**
 * The keys that work where a list is: {@code /} goes to its filter, {@code j} and {@code k} go from row to row, Enter opens the row one is
 * at, {@code e} edits what is open. In the browser, for that is where the focus is; {@link Keyboard} says when single keys count at all.
 */
public final class RowKeys {

    private static final String EDIT = "e";

    /** A grid moves from row to row by itself once it has the focus; of a plain table the first link or button of each row is gone to. */
    private static final String LISTENER = """
            const host = this;
            const shown = element => element.checkVisibility({visibilityProperty: true});
            const first = selector => [...document.querySelectorAll(selector)].find(element => shown(element) && !element.disabled);
            const isGrid = list => list.localName === 'vaadin-grid';
            const cells = grid => [...grid.shadowRoot.querySelectorAll('#items > tr')]
              .filter(row => !row.hidden && row.index !== undefined)
              .sort((one, other) => one.index - other.index)
              .map(row => row.querySelector('[part~=cell]'));
            const links = table => [...table.querySelectorAll('tbody tr')]
              .map(row => row.querySelector('a[href], vaadin-button')).filter(link => link && shown(link));
            const stops = list => isGrid(list) ? cells(list) : links(list);
            const at = list => isGrid(list) ? list.shadowRoot.activeElement : document.activeElement;

            const filter = () => first(`main :is(.query, :is(.list, .toolbar) > :is(vaadin-text-field, vaadin-combo-box, vaadin-select, vaadin-date-time-picker))`)?.focus();
            const step = by => {
              const lists = [...document.querySelectorAll('main :is(vaadin-grid, .table-box)')].filter(list => shown(list) && stops(list).length);
              const list = lists.find(each => each.contains(document.activeElement)) ?? lists[0];
              if (!list) return;
              const rows = stops(list);
              const here = at(list);
              const within = isGrid(list) ? here?.closest('#items') : list.contains(here);
              if (isGrid(list) && within) {
                here.dispatchEvent(new KeyboardEvent('keydown', {key: by > 0 ? 'ArrowDown' : 'ArrowUp', bubbles: true, composed: true, cancelable: true}));
                return;
              }
              if (isGrid(list)) list.setAttribute('navigating', '');
              const place = rows.findIndex(row => row.closest('tr').contains(here));
              rows[within ? Math.min(Math.max(place + by, 0), rows.length - 1) : 0].focus();
            };
            const edit = () => first('main [aria-keyshortcuts="%s"]')?.click();
            const acts = {'/': filter, j: () => step(1), k: () => step(-1), %s: edit};
            host.rowKeys = event => {
              const act = acts[event.key];
              if (act) {
                event.preventDefault();
                act();
              }
            };

            const open = event => {
              if (event.key !== 'Enter' || localStorage.getItem('%s') === 'off') return;
              const cell = event.composedPath()[0];
              const row = cell.matches?.('[part~=cell]') && cell.closest('#items > tr');
              const link = row && [...row.querySelectorAll('slot')].flatMap(slot => slot.assignedElements()).map(each => each.querySelector('a[href]')).find(Boolean);
              if (link) {
                event.preventDefault();
                event.stopPropagation();
                link.click();
              }
            };
            host.openRow?.abort();
            host.openRow = new AbortController();
            document.addEventListener('keydown', open, {capture: true, signal: host.openRow.signal});
            """.formatted(EDIT, EDIT, Keyboard.SWITCHED_OFF);

    private RowKeys() {}

    static void listen(Component host) {
        host.getElement().executeJs(LISTENER);
    }

    /** Lets the key that edits press this; where several are shown, the first of them. */
    public static void edits(Component act) {
        act.getElement().setAttribute("aria-keyshortcuts", EDIT);
    }
}
