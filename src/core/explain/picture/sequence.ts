import { label } from '../../wording/statement';
import type { Sequence, SequenceStep } from '../explanation';
import { plain, type Localizer } from '../../wording/text';
import type { Palette } from './palette';
import { arrowHead, element, shortened, svg, textElement } from './svg';

const LABELS = {
  alt: label('Segments so far: {steps}. Missing: {missing}.'),
  altDone: label('Segments so far: {steps}.'),
  segment: label('{from} to {to}: {label}'),
  call: label('{from}: {label}'),
  missing: label('{label} missing'),
  connected: label('connected'),
  timer: label('timer running'),
};

const WIDTH = 320;
const LEFT = 64;
const RIGHT = WIDTH - 64;
const TOP = 28;
const STEP = 20;

/** The segments of a connection from top to bottom, what is missing dashed and marked. */
export function drawSequence(
  sequence: Sequence,
  palette: Palette,
  localizer: Localizer,
): { readonly svg: string; readonly alt: string } {
  const height = TOP + sequence.steps.length * STEP + 12;
  const alt = alternative(sequence, localizer);
  const lives = [LEFT, RIGHT].map(x =>
    element('line', { x1: x, y1: TOP - 10, x2: x, y2: height - 2, stroke: palette.faint }),
  );
  const heads = [head('start', sequence.local, palette), head('end', sequence.remote, palette)];
  const steps = sequence.steps.map((step, i) =>
    draw(step, TOP + i * STEP + 14, palette, localizer),
  );
  return { svg: svg(WIDTH, height, alt, ...lives, ...heads, ...steps), alt };
}

function head(anchor: 'start' | 'end', name: string, palette: Palette): string {
  return textElement(anchor === 'start' ? 2 : WIDTH - 2, 14, shortened(name, 26), {
    'text-anchor': anchor,
    fill: palette.text,
    'font-weight': 600,
  });
}

function draw(step: SequenceStep, y: number, palette: Palette, localizer: Localizer): string {
  const color = step.missing ? palette.accent : palette.line;
  const from = step.from === 'local' ? LEFT : RIGHT;
  const to = step.from === 'local' ? RIGHT : LEFT;
  const words = { fill: step.missing ? palette.accent : palette.text };
  const name = labelOf(step, localizer);
  if (step.kind === 'segment') {
    return [
      element('line', {
        x1: from,
        y1: y,
        x2: to,
        y2: y,
        stroke: color,
        'stroke-width': 1.5,
        ...(step.missing ? { 'stroke-dasharray': '4 3' } : {}),
      }),
      arrowHead(to, y, to - from, 0, color),
      textElement(WIDTH / 2, y - 4, name, { ...words, 'text-anchor': 'middle' }),
    ].join('');
  }
  if (step.kind === 'note') {
    return textElement(WIDTH / 2, y, name, {
      fill: palette.text,
      'text-anchor': 'middle',
      'font-style': 'italic',
    });
  }
  const away = step.from === 'local' ? 8 : -8;
  return [
    element('circle', {
      cx: from,
      cy: y - 4,
      r: 4,
      fill: 'none',
      stroke: color,
      'stroke-width': 1.5,
    }),
    textElement(from + away, y, name, {
      ...words,
      'text-anchor': step.from === 'local' ? 'start' : 'end',
      'font-weight': 600,
    }),
  ].join('');
}

function labelOf(step: SequenceStep, localizer: Localizer): string {
  switch (step.kind) {
    case 'note':
      return plain(localizer.format(LABELS.connected));
    case 'timer':
      return `${plain(localizer.format(LABELS.timer))} (${step.label})`;
    default:
      return step.missing
        ? plain(localizer.format(LABELS.missing, { label: step.label }))
        : step.label;
  }
}

function alternative(sequence: Sequence, localizer: Localizer): string {
  const name = (step: SequenceStep): string => {
    const from = step.from === 'local' ? sequence.local : sequence.remote;
    const to = step.from === 'local' ? sequence.remote : sequence.local;
    if (step.kind === 'note') {
      return plain(localizer.format(LABELS.connected));
    }
    return step.kind === 'segment'
      ? plain(localizer.format(LABELS.segment, { from, to, label: step.label }))
      : plain(localizer.format(LABELS.call, { from, label: step.label }));
  };
  const listed = (missing: boolean): string =>
    sequence.steps
      .filter(step => step.missing === missing)
      .map(name)
      .join('; ');
  const steps = listed(false);
  const missing = listed(true);
  return plain(
    missing === ''
      ? localizer.format(LABELS.altDone, { steps })
      : localizer.format(LABELS.alt, { steps, missing }),
  );
}
