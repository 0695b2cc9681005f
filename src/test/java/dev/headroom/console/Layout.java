package dev.headroom.console;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Objects;

/** What does not fit on a page: text that is cut off by what it stands in, and a page that scrolls sideways. */
final class Layout {

    /**
     * Each run of text is held against every box around it, through shadow roots too. A box that scrolls shows all it has; one that hides
     * what is beyond it cuts text off, unless the text can be had as a tooltip. Of a field it is the chosen or suggested text that must fit.
     */
    private static final String MISFITS = """
            () => {
              const found = new Set();
              const styles = new Map();
              const style = element => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
              const around = node => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;
              const said = text => text.replace(/\\s+/g, ' ').trim().slice(0, 60);
              const called = element => element.localName + (element.getAttribute?.('part') ? `[${element.getAttribute('part')}]` : '')
                + (element.className && element.className.split ? '.' + element.className.split(' ').join('.') : '');
              const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});

              const cut = (text, start) => {
                const range = document.createRange();
                range.selectNodeContents(text);
                const box = range.getBoundingClientRect();
                if (!box.width) return;
                let across = true, down = true;
                const way = [];
                for (let element = start; element && (across || down); element = around(element)) {
                  const {overflowX, overflowY, clipPath, position, display} = style(element);
                  if (clipPath !== 'none') return;
                  way.push(element);
                  if (display === 'inline' || display === 'contents') continue;
                  const {left, top, width, height} = element.getBoundingClientRect();
                  if (overflowX === 'auto' || overflowX === 'scroll') across = false;
                  if (overflowY === 'auto' || overflowY === 'scroll') down = false;
                  const beyond = across && overflowX !== 'visible' && (box.right > left + width + 1 || box.left < left - 1)
                    || down && overflowY !== 'visible' && (box.bottom > top + height + 1 || box.top < top - 1);
                  if (beyond && !way.some(each => each.title)) {
                    found.add(`“${said(text.data)}” in ${called(start)} is cut off by ${called(element)}`);
                    return;
                  }
                  if (position === 'fixed') return;
                }
              };

              const pen = document.createElement('canvas').getContext('2d');
              const field = input => {
                const text = input.value && input.role === 'combobox' ? input.value : input.value ? '' : input.placeholder;
                if (!text || !seen(input)) return;
                const {font, paddingLeft, paddingRight} = style(input);
                pen.font = font;
                if (pen.measureText(text).width > input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) + 1) {
                  found.add(`“${said(text)}” does not fit its field ${called(input.parentElement)}`);
                }
              };

              const choice = select => {
                const item = select.querySelector('vaadin-select-value-button vaadin-select-item');
                if (!item || !seen(item)) return;
                const chosen = [...item.childNodes];
                const longest = [...select.querySelectorAll('vaadin-select-list-box vaadin-select-item')].map(each => said(each.textContent))
                  .reduce((one, other) => one.length < other.length ? other : one, '');
                item.replaceChildren(longest);
                cut(item.firstChild, item);
                item.replaceChildren(...chosen);
              };

              const walk = node => {
                if (node.nodeType === Node.TEXT_NODE) {
                  const start = around(node);
                  if (start && node.data.trim() && seen(start)) cut(node, start);
                  return;
                }
                if (['style', 'script', 'svg', 'template'].includes(node.localName)) return;
                if (node.localName === 'input') field(node);
                if (node.localName === 'vaadin-select') choice(node);
                if (node.shadowRoot) node.shadowRoot.childNodes.forEach(walk);
                node.childNodes?.forEach(walk);
              };
              walk(document.body);
              for (const each of [document.documentElement, document.querySelector('main'), ...document.querySelectorAll('vaadin-dialog')]) {
                if (each && each.scrollWidth > each.clientWidth + 1) {
                  const wide = [...each.querySelectorAll('*')].filter(inner => inner.getBoundingClientRect().right > each.getBoundingClientRect().right + 1);
                  found.add(`${called(each)} scrolls sideways, for the sake of ${wide.slice(0, 3).map(called)}`);
                }
              }
              return [...found];
            }""";

    private Layout() {}

    @SuppressWarnings("unchecked")
    static List<String> misfits(Page page) {
        return (List<String>) Objects.requireNonNull(page.evaluate(MISFITS));
    }
}
