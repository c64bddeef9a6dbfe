import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { TrendLine, TrendPoint, TrendView } from '../core/viewModel/schema';
import { type Shared, useShared } from './context';
import { Fold, Scrolled, Section } from './widgets';
import { shownTime } from './words';

/** Of the drawing; the style sheet stretches it to the width of the page. */
const WIDTH = 1000;
const HEIGHT = 160;

/** How lines are dashed, so that they are told apart without their colors. */
const DASHES = ['none', '10 5', '3 4', '14 4 3 4', '1 5', '8 3 3 3 3 3'];

/** How the states of a host changed from snapshot to snapshot. */
export function Trend(): JSX.Element | null {
  const { model, words } = useShared();
  const { trend } = model;
  if (trend === null || trend.lines.length === 0) {
    return null;
  }
  return (
    <Section name="trend" title={words.text('trend')}>
      <Chart trend={trend} />
      <Fold
        id="trend-table"
        name="trend-table"
        class="plain-fold"
        head={<span>{words.text('trendTable')}</span>}
      >
        {() => <TrendTable trend={trend} />}
      </Fold>
    </Section>
  );
}

function Chart({ trend }: { readonly trend: TrendView }): JSX.Element {
  const shared = useShared();
  const { store, model, words } = shared;
  const { points, lines } = trend;
  const shown = Math.max(
    0,
    points.findIndex(({ snapshot }) => snapshot === model.snapshot),
  );
  const [cursor, setCursor] = useState<number>();
  const at = Math.min(cursor ?? shown, points.length - 1);
  const places = placesOf(points);
  const most = Math.max(1, ...lines.flatMap(({ counts }) => [...counts]));
  const x = (place: number): number => (places[place] ?? 0) * WIDTH;
  const y = (count: number): number => HEIGHT - (count / most) * HEIGHT;
  const choose = (place: number): void => {
    const point = points[place];
    if (point !== undefined) {
      store.setSnapshot(point.snapshot);
    }
  };
  return (
    <>
      <div
        class="chart"
        role="slider"
        tabIndex={0}
        aria-label={words.text('trendLabel')}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={at + 1}
        aria-valuetext={valueText(trend, at, shared)}
        title={words.text('trendHint')}
        onPointerMove={event => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          setCursor(nearest(places, (event.clientX - left) / width));
        }}
        onPointerLeave={() => {
          setCursor(undefined);
        }}
        onBlur={() => {
          setCursor(undefined);
        }}
        onClick={() => {
          choose(at);
        }}
        onKeyDown={event => {
          const next = placeByKey(event.key, at, points.length);
          if (next !== undefined) {
            setCursor(next);
          } else if (event.key === 'Enter' || event.key === ' ') {
            choose(at);
          } else {
            return;
          }
          event.preventDefault();
        }}
      >
        <span class="chart-most">{words.number(most)}</span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <line class="chart-shown" x1={x(shown)} x2={x(shown)} y1={0} y2={HEIGHT} />
          <line class="chart-cursor" x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} />
          {lines.map(({ state, health, counts }, i) => (
            <polyline
              key={state}
              class={`chart-line ${health}`}
              stroke-dasharray={DASHES[i]}
              points={counts.map((count, place) => `${x(place)},${y(count)}`).join(' ')}
            />
          ))}
        </svg>
      </div>
      <p class="chart-ends">
        <span>{nameOf(points[0], shared)}</span>
        <span>{nameOf(points.at(-1), shared)}</span>
      </p>
      <p class="chart-at" aria-hidden="true">
        {nameOf(points[at], shared)}
      </p>
      <ul class="list legend">
        {lines.map((line, i) => (
          <LegendItem key={line.state} line={line} dash={DASHES[i]} at={at} />
        ))}
      </ul>
    </>
  );
}

function LegendItem({
  line,
  dash,
  at,
}: {
  readonly line: TrendLine;
  readonly dash: string | undefined;
  readonly at: number;
}): JSX.Element {
  const { words } = useShared();
  return (
    <li>
      <svg class="legend-mark" viewBox="0 0 30 6" aria-hidden="true">
        <line
          class={`chart-line ${line.health}`}
          x1={0}
          x2={30}
          y1={3}
          y2={3}
          stroke-dasharray={dash}
        />
      </svg>
      {line.state} <strong>{words.number(line.counts[at] ?? 0)}</strong>
    </li>
  );
}

function TrendTable({ trend }: { readonly trend: TrendView }): JSX.Element {
  const { store, model, words } = useShared();
  const { points, lines } = trend;
  return (
    <Scrolled label={words.text('trendTable')}>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">{words.text('snapshot')}</th>
            <th scope="col">{words.text('time')}</th>
            {lines.map(({ state }) => (
              <th key={state} scope="col">
                {state}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ snapshot, time }, place) => (
            <tr key={snapshot} class={snapshot === model.snapshot ? 'shown' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    store.setSnapshot(snapshot);
                  }}
                >
                  {words.number(snapshot + 1)}
                </button>
              </th>
              <td>{time === null ? '' : shownTime(time)}</td>
              {lines.map(({ state, counts }) => (
                <td key={state}>{words.number(counts[place] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

/** Where points are from left (0) to right (1): by their times where all are known. */
function placesOf(points: readonly TrendPoint[]): number[] {
  const times = points.map(({ seconds }) => seconds).filter(time => time !== null);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const steps = Math.max(1, points.length - 1);
  return times.length === points.length && last > first
    ? times.map(time => (time - first) / (last - first))
    : points.map((_, i) => i / steps);
}

function nearest(places: readonly number[], at: number): number {
  let best = 0;
  places.forEach((place, i) => {
    if (Math.abs(place - at) < Math.abs((places[best] ?? 0) - at)) {
      best = i;
    }
  });
  return best;
}

function placeByKey(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function nameOf(point: TrendPoint | undefined, { words }: Shared): string {
  if (point === undefined) {
    return '';
  }
  const name = `${words.text('snapshot')} ${words.number(point.snapshot + 1)}`;
  return point.time === null ? name : `${name} · ${shownTime(point.time)}`;
}

/** What a screen reader says of a place of the chart. */
function valueText({ points, lines }: TrendView, at: number, shared: Shared): string {
  const { words } = shared;
  const time = points[at]?.time ?? null;
  const text = words.text('trendValue', {
    number: at + 1,
    total: points.length,
    states: lines
      .map(({ state, counts }) => `${words.number(counts[at] ?? 0)} ${state}`)
      .join(', '),
  });
  return time === null ? text : `${text}, ${shownTime(time)}`;
}
