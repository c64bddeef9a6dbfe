import { strict as assert } from 'node:assert';

import type { Picture, Sequence } from '../../../src/core/explain/explanation';
import {
  DIAGRAM_EDGES,
  DIAGRAM_NODES,
  drawDiagram,
  NODE_HEIGHT,
  NODE_WIDTH,
} from '../../../src/core/explain/picture/diagram';
import { PALETTES } from '../../../src/core/explain/picture/palette';
import { drawPicture } from '../../../src/core/explain/picture/picture';
import { TCP_STATES } from '../../../src/core/vocabulary/state';
import { transitions } from '../../../src/core/knowledge/transitions';
import { NETSTAT_HEADER, stateOf, localizer } from './rows';

/** Names and texts of an SVG's elements; throws where it is not well-formed. */
function elements(svg: string): { name: string; text: string }[] {
  const found: { name: string; text: string }[] = [];
  const open: { name: string; text: string }[] = [];
  const token = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<>]*")*)(\/?)>|([^<>]+)/gy;
  while (token.lastIndex < svg.length) {
    const at = token.lastIndex;
    const match = token.exec(svg);
    assert.ok(match !== null, `not well-formed at ${svg.slice(at, at + 60)}`);
    const [, closing, name = '', , empty, text] = match;
    if (text !== undefined) {
      assert.doesNotMatch(text, /&(?!(?:lt|gt|amp|quot|#39);)/);
      open.at(-1)!.text += text;
    } else if (closing === '/') {
      assert.equal(open.pop()?.name, name);
    } else {
      const element = { name, text: '' };
      found.push(element);
      if (empty !== '/') {
        open.push(element);
      }
    }
  }
  assert.equal(open.length, 0);
  return found;
}

function sequence(rows: string): Sequence {
  const picture = stateOf(NETSTAT_HEADER + rows).pictures[0];
  assert.ok(picture?.kind === 'sequence');
  return picture.sequence;
}

describe('sequence diagrams', () => {
  it('show who opened, who closed, and mark the step that is missing', () => {
    const { steps } = sequence(
      'tcp 0 0 0.0.0.0:8080 0.0.0.0:* LISTEN 0 1 7/orders-api off (0.00/0/0)\n' +
        'tcp 1 0 192.0.2.1:8080 192.0.2.7:51044 CLOSE_WAIT 0 2 7/orders-api off (0.00/0/0)',
    );
    assert.deepEqual(
      steps.map(({ from, label, missing }) => `${from} ${label}${missing ? '?' : ''}`),
      [
        'remote SYN',
        'local SYN,ACK',
        'remote ACK',
        'remote FIN',
        'local ACK',
        'local close()?',
        'local FIN?',
      ],
    );
  });

  it('say the same in words', () => {
    const { alt } = drawPicture(
      {
        kind: 'sequence',
        sequence: sequence(
          'tcp 0 1 192.0.2.1:40000 192.0.2.7:443 SYN_SENT 0 2 7/curl on (0.80/0/0)',
        ),
      },
      PALETTES.dark,
      localizer,
    );
    assert.equal(
      alt,
      'Segments so far: curl (7) to 192.0.2.7:443: SYN. ' +
        'Missing: 192.0.2.7:443 to curl (7): SYN,ACK.',
    );
  });

  it('are well-formed whatever a program is called', () => {
    const name = `<img src=x onerror="alert(1)">&amp;]]></svg>'\u0007\uD83D`;
    for (const palette of Object.values(PALETTES)) {
      const picture: Picture = {
        kind: 'sequence',
        sequence: {
          local: name,
          remote: name,
          steps: [{ label: name, from: 'local', kind: 'segment', missing: true }],
        },
      };
      const { svg } = drawPicture(picture, palette, localizer);
      const names = new Set(elements(svg).map(element => element.name));
      assert.deepEqual([...names].sort(), ['line', 'polygon', 'svg', 'text', 'title']);
    }
  });
});

describe('the state diagram', () => {
  it('has every state and transition of the figure', () => {
    assert.equal(DIAGRAM_EDGES.length, transitions.length);
    const drawn = new Set(DIAGRAM_NODES.map(({ state }) => state));
    assert.deepEqual(
      TCP_STATES.filter(state => !drawn.has(state)),
      ['BOUND', 'IDLE', 'DELETE-TCB'],
    );
  });

  it('is well-formed, marks a state and shows counts', () => {
    const counts = new Map([['CLOSE-WAIT', 62] as const]);
    const { svg, alt } = drawDiagram({ current: 'CLOSE-WAIT', counts }, PALETTES.light, localizer);
    assert.ok(elements(svg).some(({ text }) => text === 'CLOSE-WAIT 62'));
    assert.equal(
      alt,
      'TCP state diagram of RFC 9293. CLOSE-WAIT: comes from ESTABLISHED by rcv FIN; leads to LAST-ACK by CLOSE.',
    );
  });

  it('has lines that begin and end at the edges of their states', () => {
    for (const { transition, points } of DIAGRAM_EDGES) {
      const ends = [
        [transition.from, points[0]],
        [transition.to, points.at(-1)],
      ] as const;
      for (const [state, point] of ends) {
        assert.ok(
          DIAGRAM_NODES.some(
            node =>
              node.state === state &&
              point !== undefined &&
              Math.abs(point[0] - node.x) <= NODE_WIDTH / 2 &&
              Math.abs(point[1] - node.y) <= NODE_HEIGHT / 2,
          ),
          `${transition.from} to ${transition.to} at ${state}`,
        );
      }
    }
  });
});

describe('palettes', () => {
  /** Hover backgrounds of VS Code's default themes. */
  const backgrounds = {
    dark: '#202020',
    light: '#f8f8f8',
    highContrastDark: '#000000',
    highContrastLight: '#ffffff',
  } as const;

  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: string, other: string): number => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  for (const [name, palette] of Object.entries(PALETTES)) {
    it(`${name} can be read`, () => {
      const background = backgrounds[name as keyof typeof backgrounds];
      assert.ok(contrast(palette.text, background) >= 4.5, 'text');
      assert.ok(contrast(palette.text, palette.field) >= 4.5, 'text on a field');
      assert.ok(contrast(palette.accent, background) >= 4.5, 'accent');
      assert.ok(contrast(palette.onAccent, palette.accent) >= 4.5, 'text on accent');
      assert.ok(contrast(palette.line, background) >= 3, 'lines');
    });
  }
});
