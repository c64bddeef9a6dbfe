import { label } from '../../wording/statement';
import { type Transition, transitions } from '../../knowledge/transitions';
import type { TcpState } from '../../vocabulary/state';
import { plain, type Localizer } from '../../wording/text';
import type { Palette } from './palette';
import { arrowHead, element, round, svg, textElement } from './svg';

/** A state's place in the diagram. CLOSED stands twice: where it begins and where it ends. */
export interface DiagramNode {
  readonly id: string;
  readonly state: TcpState;
  readonly x: number;
  readonly y: number;
  /** Whether the transitions that leave the state begin here. */
  readonly leaves: boolean;
}

/** A transition's line in the diagram. */
export interface DiagramEdge {
  readonly transition: Transition;
  readonly points: readonly (readonly [number, number])[];
  /** Where its label stands, and on which side of that point it ends. */
  readonly labelAt: readonly [number, number];
  readonly anchor: 'start' | 'middle' | 'end';
}

export const NODE_WIDTH = 132;
export const NODE_HEIGHT = 30;
export const DIAGRAM_WIDTH = 660;
export const DIAGRAM_HEIGHT = 612;

const W = NODE_WIDTH / 2;
const H = NODE_HEIGHT / 2;
const LEFT = 110;
const MIDDLE = 330;
const RIGHT = 550;

/** The states of RFC 9293 Figure 5, laid out as there: opening above, closing below. */
export const DIAGRAM_NODES: readonly DiagramNode[] = [
  { id: 'closed', state: 'CLOSED', x: MIDDLE, y: 30, leaves: true },
  { id: 'listen', state: 'LISTEN', x: MIDDLE, y: 110, leaves: true },
  { id: 'syn-received', state: 'SYN-RECEIVED', x: LEFT, y: 200, leaves: true },
  { id: 'syn-sent', state: 'SYN-SENT', x: RIGHT, y: 200, leaves: true },
  { id: 'established', state: 'ESTABLISHED', x: MIDDLE, y: 290, leaves: true },
  { id: 'fin-wait-1', state: 'FIN-WAIT-1', x: LEFT, y: 380, leaves: true },
  { id: 'close-wait', state: 'CLOSE-WAIT', x: RIGHT, y: 380, leaves: true },
  { id: 'fin-wait-2', state: 'FIN-WAIT-2', x: LEFT, y: 480, leaves: true },
  { id: 'closing', state: 'CLOSING', x: MIDDLE, y: 480, leaves: true },
  { id: 'last-ack', state: 'LAST-ACK', x: RIGHT, y: 480, leaves: true },
  { id: 'time-wait', state: 'TIME-WAIT', x: MIDDLE, y: 570, leaves: true },
  { id: 'closed-again', state: 'CLOSED', x: RIGHT, y: 570, leaves: false },
];

type Anchor = DiagramEdge['anchor'];
type Route = readonly [
  points: readonly (readonly [number, number])[],
  labelAt: readonly [number, number],
  anchor: Anchor,
];

/** How the lines run, by `from>to`, told apart by event where there are two. */
const ROUTES: Readonly<Record<string, Route>> = {
  'CLOSED>LISTEN': [
    [
      [MIDDLE - 20, 30 + H],
      [MIDDLE - 20, 110 - H],
    ],
    [MIDDLE - 26, 73],
    'end',
  ],
  'LISTEN>CLOSED': [
    [
      [MIDDLE + 20, 110 - H],
      [MIDDLE + 20, 30 + H],
    ],
    [MIDDLE + 26, 73],
    'start',
  ],
  'CLOSED>SYN-SENT': [
    [
      [MIDDLE + W, 30],
      [RIGHT + 36, 30],
      [RIGHT + 36, 200 - H],
    ],
    [RIGHT + 30, 13],
    'end',
  ],
  'SYN-SENT>CLOSED': [
    [
      [RIGHT - 20, 200 - H],
      [RIGHT - 20, 42],
      [MIDDLE + W, 42],
    ],
    [RIGHT - 26, 88],
    'end',
  ],
  'LISTEN>SYN-RECEIVED': [
    [
      [MIDDLE - W, 116],
      [LEFT + 20, 116],
      [LEFT + 20, 200 - H],
    ],
    [LEFT + 26, 132],
    'start',
  ],
  'SYN-RECEIVED>LISTEN': [
    [
      [LEFT - 20, 200 - H],
      [LEFT - 20, 102],
      [MIDDLE - W, 102],
    ],
    [LEFT - 14, 96],
    'start',
  ],
  'LISTEN>SYN-SENT': [
    [
      [MIDDLE + W, 116],
      [RIGHT - 40, 116],
      [RIGHT - 40, 200 - H],
    ],
    [MIDDLE + W + 8, 130],
    'start',
  ],
  'SYN-SENT>SYN-RECEIVED': [
    [
      [RIGHT - W, 200],
      [LEFT + W, 200],
    ],
    [MIDDLE, 184],
    'middle',
  ],
  'SYN-SENT>ESTABLISHED': [
    [
      [RIGHT, 200 + H],
      [RIGHT, 284],
      [MIDDLE + W, 284],
    ],
    [RIGHT - 6, 262],
    'end',
  ],
  'SYN-RECEIVED>ESTABLISHED': [
    [
      [LEFT + 20, 200 + H],
      [LEFT + 20, 284],
      [MIDDLE - W, 284],
    ],
    [LEFT + 26, 262],
    'start',
  ],
  'SYN-RECEIVED>FIN-WAIT-1': [
    [
      [LEFT - 20, 200 + H],
      [LEFT - 20, 380 - H],
    ],
    [LEFT - 26, 300],
    'end',
  ],
  'ESTABLISHED>FIN-WAIT-1': [
    [
      [MIDDLE - W, 298],
      [LEFT + 20, 298],
      [LEFT + 20, 380 - H],
    ],
    [LEFT + 26, 320],
    'start',
  ],
  'ESTABLISHED>CLOSE-WAIT': [
    [
      [MIDDLE + W, 298],
      [RIGHT, 298],
      [RIGHT, 380 - H],
    ],
    [RIGHT - 6, 320],
    'end',
  ],
  'FIN-WAIT-1>FIN-WAIT-2': [
    [
      [LEFT - 20, 380 + H],
      [LEFT - 20, 480 - H],
    ],
    [LEFT - 26, 434],
    'end',
  ],
  'FIN-WAIT-1>CLOSING': [
    [
      [LEFT + W, 384],
      [MIDDLE, 384],
      [MIDDLE, 480 - H],
    ],
    [MIDDLE - 6, 402],
    'end',
  ],
  'FIN-WAIT-1>TIME-WAIT': [
    [
      [LEFT + W, 374],
      [MIDDLE + 80, 374],
      [MIDDLE + 80, 564],
      [MIDDLE + W, 564],
    ],
    [MIDDLE + 74, 357],
    'end',
  ],
  'FIN-WAIT-2>TIME-WAIT': [
    [
      [LEFT, 480 + H],
      [LEFT, 570],
      [MIDDLE - W, 570],
    ],
    [LEFT + 6, 553],
    'start',
  ],
  'CLOSE-WAIT>LAST-ACK': [
    [
      [RIGHT, 380 + H],
      [RIGHT, 480 - H],
    ],
    [RIGHT + 6, 434],
    'start',
  ],
  'CLOSING>TIME-WAIT': [
    [
      [MIDDLE, 480 + H],
      [MIDDLE, 570 - H],
    ],
    [MIDDLE - 6, 529],
    'end',
  ],
  'LAST-ACK>CLOSED': [
    [
      [RIGHT, 480 + H],
      [RIGHT, 570 - H],
    ],
    [RIGHT + 6, 529],
    'start',
  ],
  'TIME-WAIT>CLOSED': [
    [
      [MIDDLE + W, 576],
      [RIGHT - W, 576],
    ],
    [MIDDLE + 110, 590],
    'middle',
  ],
};

/** The transitions with their lines. */
export const DIAGRAM_EDGES: readonly DiagramEdge[] = transitions.map(transition => {
  const route = ROUTES[`${transition.from}>${transition.to}`];
  if (route === undefined) {
    throw new Error(`no line from ${transition.from} to ${transition.to}`);
  }
  const [points, labelAt, anchor] = route;
  return { transition, points, labelAt, anchor };
});

const LABELS = {
  alt: label('TCP state diagram of RFC 9293. {state}: comes from {before}; leads to {after}.'),
  altWhole: label('TCP state diagram of RFC 9293.'),
  step: label('{state} by {event}'),
  nothing: label('nothing'),
};

/** What is marked on the diagram. */
export interface DiagramMarks {
  /** The state to point out. */
  readonly current?: TcpState;
  /** How many sockets are in each state. */
  readonly counts?: ReadonlyMap<TcpState, number>;
  /**
   * The name of a state or transition for those who cannot see it. Given, each of them can be
   * focused, and has its key in `data-key`.
   */
  readonly named?: (what: TcpState | Transition) => string;
}

/** What `data-key` calls a transition; a state goes by its name. */
export function transitionKey({ from, to }: Transition): string {
  return `${from}>${to}`;
}

/** The state diagram of RFC 9293, Figure 5, with its notes 1 and 2 dashed. */
export function drawDiagram(
  marks: DiagramMarks,
  palette: Palette,
  localizer: Localizer,
): { readonly svg: string; readonly alt: string } {
  const alt = alternative(marks.current, localizer);
  // A state comes before the transitions that leave it, which is the order of the keyboard.
  const parts = DIAGRAM_NODES.flatMap(node => [
    drawNode(node, marks, palette, localizer),
    ...DIAGRAM_EDGES.filter(({ transition }) => node.leaves && transition.from === node.state).map(
      edge => drawEdge(edge, marks, palette),
    ),
  ]);
  return { svg: svg(DIAGRAM_WIDTH, DIAGRAM_HEIGHT, alt, ...parts), alt };
}

function drawNode(
  node: DiagramNode,
  marks: DiagramMarks,
  palette: Palette,
  localizer: Localizer,
): string {
  const { state, x, y } = node;
  const current = marks.current === state;
  const count = marks.counts?.get(state) ?? 0;
  const words = count > 0 ? `${state} ${localizer.number(count)}` : state;
  return element(
    'g',
    focusable('state', state, state, marks),
    element('rect', {
      x: x - W,
      y: y - H,
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      rx: 4,
      fill: current ? palette.accent : palette.field,
      stroke: current ? palette.accent : palette.line,
      'stroke-width': current ? 2 : 1,
    }),
    textElement(x, y + 4, words, {
      'text-anchor': 'middle',
      // Bold capitals are about two thirds as wide as they are high.
      'font-size': round(Math.min(11, (NODE_WIDTH - 10) / (words.length * 0.66))),
      'font-weight': current || count > 0 ? 700 : 400,
      fill: current ? palette.onAccent : palette.text,
    }),
  );
}

function drawEdge(edge: DiagramEdge, marks: DiagramMarks, palette: Palette): string {
  const { transition, points, labelAt, anchor } = edge;
  const near = transition.from === marks.current || transition.to === marks.current;
  const color = near ? palette.accent : palette.line;
  const last = points.at(-1) ?? [0, 0];
  const before = points.at(-2) ?? [0, 0];
  const [x, y] = labelAt;
  const lines = [transition.event, ...(transition.action === '' ? [] : [transition.action])];
  const path = {
    points: points.map(([px, py]) => `${round(px)},${round(py)}`).join(' '),
    fill: 'none',
  };
  return element(
    'g',
    focusable('transition', transitionKey(transition), transition, marks),
    // A line is too thin to point at; this one around it is not seen.
    ...(marks.named === undefined
      ? []
      : [element('polyline', { ...path, stroke: 'transparent', 'stroke-width': 14 })]),
    element('polyline', {
      ...path,
      stroke: color,
      ...(transition.note === undefined ? {} : { 'stroke-dasharray': '4 3' }),
    }),
    arrowHead(last[0], last[1], last[0] - before[0], last[1] - before[1], color),
    ...lines.map((line, i) =>
      textElement(x, y + i * 11, line, {
        'text-anchor': anchor,
        'font-size': 9.5,
        fill: near ? palette.accent : palette.text,
        ...(i === 0 ? {} : { 'font-style': 'italic' }),
      }),
    ),
  );
}

function focusable(
  kind: 'state' | 'transition',
  key: string,
  what: TcpState | Transition,
  { named }: DiagramMarks,
): Record<string, string | number> {
  return named === undefined
    ? {}
    : { class: kind, 'data-key': key, tabindex: 0, role: 'button', 'aria-label': named(what) };
}

function alternative(current: TcpState | undefined, localizer: Localizer): string {
  if (current === undefined) {
    return plain(localizer.format(LABELS.altWhole));
  }
  const listed = (all: readonly (readonly [TcpState, string])[]): string =>
    all
      .map(([state, event]) => plain(localizer.format(LABELS.step, { state, event })))
      .join(', ') || plain(localizer.format(LABELS.nothing));
  return plain(
    localizer.format(LABELS.alt, {
      state: current,
      before: listed(transitions.filter(t => t.to === current).map(t => [t.from, t.event])),
      after: listed(transitions.filter(t => t.from === current).map(t => [t.to, t.event])),
    }),
  );
}
