package dev.headroom.console.matrix;

import com.vaadin.flow.component.Component;

/**
 * The keys of a grid as WAI-ARIA describes it: one stop for Tab, arrows, Home and End within, Enter or F2 to write, Enter to keep, Escape to leave
 * it as it was. In the browser, for nobody waits for a server between two cells.
 */
final class GridKeys {

    private static final String LISTENER = """
            const grid = this;
            grid.gridKeys?.abort();
            grid.gridKeys = new AbortController();
            const {signal} = grid.gridKeys;
            const target = cell => cell.querySelector('a') ?? cell;
            const all = () => [...grid.querySelectorAll('tr')].map(row => [...row.children]);
            const stop = cell => {
              grid.querySelectorAll(':is(td, th, th a)[tabindex="0"]').forEach(each => each.tabIndex = -1);
              target(cell).tabIndex = 0;
            };
            const go = (rows, row, column) => {
              const cells = rows[Math.max(0, Math.min(row, rows.length - 1))];
              const cell = cells[Math.max(0, Math.min(column, cells.length - 1))];
              stop(cell);
              target(cell).focus();
            };
            const send = (cell, what) => cell.dispatchEvent(new CustomEvent(what));
            const first = grid.querySelector('td');
            if (first) stop(first);
            grid.addEventListener('focusin', event => {
              const cell = event.target.closest('td, th');
              if (cell && !cell.hasAttribute('data-editing')) stop(cell);
            }, {signal});
            grid.addEventListener('focusout', event => {
              const cell = event.target.closest('td[data-editing]');
              if (cell && !cell.contains(event.relatedTarget) && document.hasFocus()) send(cell, 'cell-leave');
            }, {signal});
            grid.addEventListener('dblclick', event => {
              const cell = event.target.closest('td:not([data-editing])');
              if (cell) send(cell, 'cell-edit');
            }, {signal});
            grid.addEventListener('click', event => {
              const cell = event.target.closest('td:not([data-editing])');
              if (cell) cell.focus();
            }, {signal});
            grid.addEventListener('keydown', event => {
              if (event.ctrlKey && !['Home', 'End'].includes(event.key) || event.altKey || event.metaKey) return;
              const cell = event.target.closest('td, th');
              if (!cell) return;
              if (cell.hasAttribute('data-editing')) {
                const what = {Enter: 'cell-keep', Escape: 'cell-cancel'}[event.key];
                if (what) { event.preventDefault(); event.stopPropagation(); send(cell, what); }
                return;
              }
              const rows = all();
              const row = rows.findIndex(cells => cells.includes(cell));
              const column = rows[row].indexOf(cell);
              const ways = {
                ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], ArrowDown: [row + 1, column], ArrowUp: [row - 1, column],
                Home: [event.ctrlKey ? 1 : row, event.ctrlKey ? 1 : 0], End: [event.ctrlKey ? rows.length : row, rows[row].length]
              };
              if (ways[event.key]) { event.preventDefault(); go(rows, ...ways[event.key]); return; }
              if (cell.tagName === 'TD' && ['Enter', 'F2'].includes(event.key)) { event.preventDefault(); send(cell, 'cell-edit'); }
            }, {signal, capture: true});
            """;

    private GridKeys() {}

    static void listen(Component grid) {
        grid.addAttachListener(event -> grid.getElement().executeJs(LISTENER));
        grid.addDetachListener(event -> grid.getElement().executeJs("this.gridKeys?.abort()"));
    }
}
