import { LitElement, css, html } from 'lit';
import type { ECharts } from 'echarts/core';

/** What the server sends: one bar a point, the last of which may still be running; where they go on from one another, from where each does. */
type Picture = { labels: string[]; values: number[]; shown: string[]; running: string | null; named: boolean; begins: number[] };

/** Names narrower than this are turned, for no word of theirs would fit. */
const NARROWEST_NAME = 64;

/** Bars. Its colours are the page's, asked for again whenever the scheme changes; what it says stands beside it as text and table. */
class UsageChart extends LitElement {
  static override styles = css`
    :host { display: block; height: 15rem; contain: strict; }
    .canvas { width: 100%; height: 100%; }
    [data-of] { position: absolute; visibility: hidden; }
    [data-of='text'] { color: var(--vaadin-text-color-secondary); }
    [data-of='line'] { color: var(--vaadin-border-color-secondary); }
    [data-of='bar'] { color: var(--aura-accent-color); }
    [data-of='fall'] { color: var(--aura-orange); }
    [data-of='surface'] { color: var(--aura-surface-color-solid); }
    [data-of='strong'] { color: var(--vaadin-text-color); }
  `;

  static override properties = { picture: { type: Object } };

  declare picture: Picture;
  private chart?: ECharts;
  private readonly dark = window.matchMedia('(prefers-color-scheme: dark)');
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)');
  private readonly redraw = () => requestAnimationFrame(() => this.draw());
  private readonly size = new ResizeObserver(() => {
    this.chart?.resize();
    this.draw();
  });
  /** The console's own switch sets the scheme on the document. */
  private readonly scheme = new MutationObserver(this.redraw);

  override connectedCallback() {
    super.connectedCallback();
    this.dark.addEventListener('change', this.redraw);
    this.scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    this.size.observe(this);
    if (this.hasUpdated) void this.begin();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.dark.removeEventListener('change', this.redraw);
    this.scheme.disconnect();
    this.size.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
  }

  override render() {
    return html`<div class="canvas"></div>
      ${['text', 'line', 'bar', 'fall', 'surface', 'strong'].map((each) => html`<span data-of=${each}></span>`)}`;
  }

  override firstUpdated() {
    void this.begin();
  }

  override updated() {
    this.draw();
  }

  private async begin() {
    // Only a page that shows a chart fetches what draws it.
    const { init } = await import('./library');
    if (this.isConnected && !this.chart) {
      this.chart = init(this.renderRoot.querySelector<HTMLElement>('.canvas')!, undefined, { renderer: 'svg' });
      this.draw();
    }
  }

  /** As sRGB, which is all that ECharts reads: the theme speaks in other spaces. */
  private colour(of: string) {
    const context = document.createElement('canvas').getContext('2d')!;
    context.fillStyle = getComputedStyle(this.renderRoot.querySelector(`[data-of=${of}]`)!).color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
  }

  private draw() {
    if (!this.chart || !this.picture) return;
    const { labels, values, shown, running, named, begins } = this.picture;
    const [text, line, bar, fall] = ['text', 'line', 'bar', 'fall'].map((each) => this.colour(each));
    const room = Math.floor((this.clientWidth - 60) / values.length) - 6;
    const last = values.length - 1;
    this.chart.setOption({
      animation: !this.still.matches,
      animationDuration: 300,
      grid: { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: 'same' },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        backgroundColor: this.colour('surface'),
        borderColor: line,
        textStyle: { color: this.colour('strong'), fontFamily: 'inherit', fontSize: 13 },
        formatter: ([point]: { dataIndex: number }[]) =>
          `${labels[point.dataIndex]}${running && point.dataIndex === last ? ` (${running})` : ''}<br><b>${shown[point.dataIndex]}</b>`,
      },
      xAxis: {
        type: 'category',
        data: labels,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: line } },
        axisLabel: {
          color: text,
          fontFamily: 'inherit',
          // A place in time may go without its name, something that is called so may not.
          ...(!named ? { hideOverlap: true } : room < NARROWEST_NAME ? { interval: 0, rotate: 50, width: 110, overflow: 'truncate' } : { interval: 0, width: room, overflow: 'break' }),
        },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 4,
        axisLabel: { color: text, fontFamily: 'inherit', formatter: (value: number) => value.toLocaleString(document.documentElement.lang || undefined, { notation: 'compact' }) },
        splitLine: { lineStyle: { color: line } },
      },
      series: [{
        // What a bar stands on where it goes on from another; nothing is to be seen of it.
        type: 'bar',
        stack: 'all',
        silent: true,
        animation: false,
        itemStyle: { color: 'transparent' },
        data: begins.map((begin, at) => Math.min(begin, begin + values[at])),
      }, {
        type: 'bar',
        stack: 'all',
        barCategoryGap: '25%',
        barMaxWidth: 36,
        itemStyle: { borderRadius: [2, 2, 0, 0] },
        data: values.map((value, at) => ({
          value: begins.length ? Math.abs(value) : value,
          itemStyle: { color: value < 0 ? fall : bar, opacity: running && at === last ? 0.5 : 1 },
        })),
      }],
    });
  }
}

customElements.define('usage-chart', UsageChart);
