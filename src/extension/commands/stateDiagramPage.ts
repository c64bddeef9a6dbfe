import { noContext } from '../../core/explain/context';
import type { Explanation } from '../../core/explain/explanation';
import { drawDiagram, transitionKey } from '../../core/explain/picture/diagram';
import type { Palette } from '../../core/explain/picture/palette';
import { escapeXml } from '../../core/explain/picture/svg';
import { explainState } from '../../core/explain/state';
import { plain, type Localizer, type Text } from '../../core/wording/text';
import { explainTransition } from '../../core/explain/transition';
import { label } from '../../core/wording/statement';
import { socketCount } from '../../core/wording/units';
import { WORDS } from '../../core/wording/words';
import { type Transition, transitions } from '../../core/knowledge/transitions';
import { TCP_STATES, type TcpState } from '../../core/vocabulary/state';
import { styled } from '../host/markdown';

/** What the page of the diagram is made of. */
export interface StateDiagramPage {
  readonly language: string;
  readonly title: string;
  /** Allows our script and style, this time only. */
  readonly nonce: string;
  /** How many sockets are in each state; empty without a dump. */
  readonly counts: ReadonlyMap<TcpState, number>;
  /** The state that is shown first. */
  readonly current: TcpState;
  readonly localizer: Localizer;
}

/** Colours of the theme: unlike an image, a page can see them. */
const THEME: Palette = {
  text: 'var(--vscode-foreground)',
  line: 'var(--vscode-descriptionForeground)',
  faint: 'var(--vscode-disabledForeground)',
  accent: 'var(--vscode-focusBorder)',
  onAccent: 'var(--vscode-foreground)',
  field: 'var(--vscode-editorWidget-background)',
};

const LABELS = {
  help: label(
    'Point at a state or a transition, or move with Tab. Enter on a state shows its sockets.',
  ),
  sockets: label('{state}, {sockets}'),
  transition: label('{from} to {to}: {event}'),
};

/*
 * Drawing and text scroll each by itself: a long explanation must not move what is pointed at.
 * Below its least width the labels could not be read.
 */
const STYLE = `
* { box-sizing: border-box; }
body {
  display: grid; grid-template: 100% / minmax(590px, 792px) minmax(280px, 1fr);
  height: 100vh; margin: 0; padding: 0; overflow: hidden;
}
.drawing, aside { overflow: auto; padding: 8px 16px; }
.drawing:focus-visible, aside:focus-visible {
  outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px;
}
aside { max-width: 672px; overflow-wrap: anywhere; }
aside ul { padding-left: 20px; }
svg { display: block; width: 100%; min-width: 540px; height: auto; font-family: var(--vscode-font-family); }
@media (max-width: 870px) {
  body { grid-template: minmax(0, 3fr) minmax(0, 2fr) / minmax(0, 1fr); }
  aside { max-width: none; }
  aside { border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent)); }
}
.state { cursor: pointer; }
.state:focus, .transition:focus { outline: none; }
.state:focus rect, .state.shown rect { stroke: var(--vscode-focusBorder); stroke-width: 3; }
.transition:focus polyline:nth-of-type(2), .transition.shown polyline:nth-of-type(2) {
  stroke: var(--vscode-focusBorder); stroke-width: 3;
}
code { font-family: var(--vscode-editor-font-family); }
li { margin-bottom: 4px; }
`;

const HOVER_MS = 80;

/** Shows what is focused or pointed at; the texts are all in the page already. */
const SCRIPT = `
const vscode = acquireVsCodeApi();
const parts = [...document.querySelectorAll('[data-key]')];
const sections = [...document.querySelectorAll('section')];
const aside = document.querySelector('aside');
let wait;
function show(key) {
  clearTimeout(wait);
  for (const part of parts) part.classList.toggle('shown', part.dataset.key === key);
  for (const section of sections) section.hidden = section.dataset.about !== key;
  aside.scrollTop = 0;
}
for (const part of parts) {
  const { key } = part.dataset;
  const reveal = () => part.classList.contains('state') && vscode.postMessage({ type: 'reveal', state: key });
  part.addEventListener('focus', () => show(key));
  // On its way to the text the pointer crosses others.
  part.addEventListener('mouseenter', () => { wait = setTimeout(show, ${HOVER_MS}, key); });
  part.addEventListener('mouseleave', () => clearTimeout(wait));
  part.addEventListener('click', reveal);
  part.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      reveal();
    }
  });
}
window.addEventListener('message', ({ data }) => {
  if (data?.type !== 'counts') return;
  for (const part of parts) {
    const name = data.names?.[part.dataset.key];
    const text = data.texts?.[part.dataset.key];
    if (typeof name === 'string' && typeof text === 'string') {
      part.setAttribute('aria-label', name);
      part.querySelector('text').textContent = text;
    }
  }
});
`;

/** The page: the diagram, and beside it the explanation of what is pointed at. */
export function stateDiagramPage(page: StateDiagramPage): string {
  const { counts, current, nonce, localizer } = page;
  const { svg } = drawDiagram(
    { counts, named: what => nameOf(what, counts, localizer) },
    THEME,
    localizer,
  );
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const sections = [
    ...TCP_STATES.map(state => [state, explainState(state, noContext, localizer)] as const),
    ...transitions.map(t => [transitionKey(t), explainTransition(t, localizer)] as const),
  ].map(([key, explanation]) => section(key, explanation, key === current));
  return `<!DOCTYPE html>
<html lang="${escapeXml(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy)}">
<title>${escapeXml(page.title)}</title>
<style nonce="${escapeXml(nonce)}">${STYLE}</style>
</head>
<body>
<div class="drawing">${svg}</div>
<aside aria-live="polite" aria-label="${escapeXml(plain(localizer.format(WORDS.whatItMeans)))}" tabindex="0">
<p>${html(localizer.format(LABELS.help))}</p>
${sections.join('\n')}
</aside>
<script nonce="${escapeXml(nonce)}">${SCRIPT}</script>
</body>
</html>`;
}

/** What the page is told when the dump has changed: labels and texts of its states. */
export function countsMessage(counts: ReadonlyMap<TcpState, number>, localizer: Localizer): object {
  const entries = TCP_STATES.map(state => {
    const n = counts.get(state) ?? 0;
    return [state, nameOf(state, counts, localizer), n === 0 ? state : `${state} ${n}`] as const;
  });
  return {
    type: 'counts',
    names: Object.fromEntries(entries.map(([state, name]) => [state, name])),
    texts: Object.fromEntries(entries.map(([state, , text]) => [state, text])),
  };
}

function nameOf(
  what: TcpState | Transition,
  counts: ReadonlyMap<TcpState, number>,
  localizer: Localizer,
): string {
  if (typeof what === 'string') {
    const n = counts.get(what) ?? 0;
    return n === 0
      ? what
      : plain(
          localizer.format(LABELS.sockets, { state: what, sockets: socketCount(n, localizer) }),
        );
  }
  const { from, to, event } = what;
  return plain(localizer.format(LABELS.transition, { from, to, event }));
}

function section(key: string, explanation: Explanation, shown: boolean): string {
  const { title, lead, details } = explanation;
  const more = details.map(
    ({ title: heading, items }) =>
      `<h3>${html(heading)}</h3><ul>${items.map(item => `<li>${html(item)}</li>`).join('')}</ul>`,
  );
  const hidden = shown ? '' : ' hidden';
  return `<section data-about="${escapeXml(key)}"${hidden}><h2>${html(title)}</h2><p>${lead
    .map(html)
    .join(' ')}</p>${more.join('')}</section>`;
}

function html({ parts }: Text): string {
  return parts.map(({ text, style }) => styled(escapeXml(text), style)).join('');
}
