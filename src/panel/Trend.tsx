import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { TrendLine, TrendPoint, TrendView } from '../core/viewModel/schema';
import { type Shared, useShared } from './context';
import { Fold, Scrolled, Section } from './widgets';
import { spelledState } from '../core/vocabulary/state';
import { shownTime } from './words';

/** Of the drawing; the style sheet stretches it to the width of the page. */
const WIDTH = 1000;
const HEIGHT = 160;

/** How lines are dashed, so that they are told apart without their colors. */
const DASHES = ['none', '10 5', '3 4', '14 4 3 4', '1 5', '8 3 3 3 3 3'];

/** A limit is drawn up to so many times the largest count: farther off it would flatten all. */
const LIMIT_TIMES = 4;

/** Parts that the axis of counts has at most. */
const MOST_TICKS = 5;

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
  const { points, lines, growth } = trend;
  const shown = Math.max(
    0,
    points.findIndex(({ snapshot }) => snapshot === model.snapshot),
  );
  const [cursor, setCursor] = useState<number>();
  const at = Math.min(cursor ?? shown, points.length - 1);
  const places = placesOf(points);
  const ticks = ticksOf(trend);
  const top = ticks.at(-1) ?? 1;
  const limit = growth?.limit ?? null;
  const hasLimit = limit !== null && limit <= top;
  const x = (place: number): number => (places[place] ?? 0) * WIDTH;
  const y = (count: number): number => HEIGHT - (count / top) * HEIGHT;
  const choose = (place: number): void => {
    const point = points[place];
    if (point !== undefined) {
      store.setSnapshot(point.snapshot);
    }
  };
  return (
    <div class="chart-frame">
      <div class="chart-ticks" aria-hidden="true">
        {/* The longest gives the column its width. */}
        <span>{words.number(top)}</span>
        {ticks.map(tick => (
          <span key={tick} style={{ bottom: `${(tick / top) * 100}%` }}>
            {words.number(tick)}
          </span>
        ))}
      </div>
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
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {ticks.map(tick => (
            <line key={tick} class="chart-tick" x1={0} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
          ))}
          {hasLimit && <line class="chart-limit" x1={0} x2={WIDTH} y1={y(limit)} y2={y(limit)} />}
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
          <GrowthLine trend={trend} x={x} y={y} />
        </svg>
      </div>
      <p class="chart-times" aria-hidden="true">
        {timesOf(points, places, shared).map(({ text, place }) => (
          <span
            key={place}
            style={{ left: `${place * 100}%`, transform: `translateX(-${place * 100}%)` }}
          >
            {text}
          </span>
        ))}
      </p>
      <p class="chart-at" aria-hidden="true">
        {nameOf(points[at], shared)}
      </p>
      <ul class="list legend">
        {lines.map((line, i) => (
          <LegendItem key={line.state} line={line} dash={DASHES[i]} at={at} />
        ))}
        {growth !== null && (
          <li>
            <Mark class="chart-growth" />
            {words.text('trendGrowth', {
              state: spelledState(growth.state),
              rate: growth.perMinute,
            })}
          </li>
        )}
        {limit !== null && (
          <li>
            {hasLimit && <Mark class="chart-limit" />}
            {words.text('trendLimit', { limit })}
          </li>
        )}
      </ul>
    </div>
  );
}

/** Where a state's line comes from at the pace that a finding tells. */
function GrowthLine({
  trend: { points, lines, growth },
  x,
  y,
}: {
  readonly trend: TrendView;
  readonly x: (place: number) => number;
  readonly y: (count: number) => number;
}): JSX.Element | null {
  const last = points.length - 1;
  const now = points[last]?.seconds ?? null;
  const count = lines.find(({ state }) => state === growth?.state)?.counts[last];
  if (growth === null || now === null || count === undefined) {
    return null;
  }
  // Not before the line itself: what grew from nothing is not less than nothing.
  const first = points.findIndex(
    ({ seconds }) => seconds !== null && seconds >= now - growth.seconds,
  );
  const before = now - (points[first]?.seconds ?? now);
  const then = Math.max(0, count - (growth.perMinute * before) / 60);
  return <line class="chart-growth" x1={x(first)} x2={x(last)} y1={y(then)} y2={y(count)} />;
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
      <Mark class={`chart-line ${line.health}`} dash={dash} />
      {spelledState(line.state)} <strong>{words.number(line.counts[at] ?? 0)}</strong>
    </li>
  );
}

function Mark({
  class: kind,
  dash,
}: {
  readonly class: string;
  readonly dash?: string | undefined;
}): JSX.Element {
  return (
    <svg class="legend-mark" viewBox="0 0 30 6" aria-hidden="true">
      <line class={kind} x1={0} x2={30} y1={3} y2={3} stroke-dasharray={dash} />
    </svg>
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
                {spelledState(state)}
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

/** Counts that the axis names: from 0 on, in steps of 1, 2 or 5 of a power of ten. */
function ticksOf({ lines, growth }: TrendView): number[] {
  const most = Math.max(1, ...lines.flatMap(({ counts }) => [...counts]));
  const limit = growth?.limit ?? 0;
  const top = limit <= most * LIMIT_TIMES ? Math.max(most, limit) : most;
  const power = 10 ** Math.floor(Math.log10(top / MOST_TICKS));
  const step = Math.max(1, power * ([1, 2, 5].find(n => n * power * MOST_TICKS >= top) ?? 10));
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, i) => i * step);
}

/** The times at the ends of the axis, and one between them; a day is named once. */
function timesOf(
  points: readonly TrendPoint[],
  places: readonly number[],
  shared: Shared,
): { text: string; place: number }[] {
  const day = points[0]?.time?.slice(0, 10);
  const middle = nearest(places, 0.5);
  return [...new Set([0, middle, points.length - 1])].map(i => {
    const { time = null, snapshot = 0 } = points[i] ?? {};
    return {
      place: places[i] ?? 0,
      text:
        time === null
          ? `${shared.words.text('snapshot')} ${shared.words.number(snapshot + 1)}`
          : shownTime(time).slice(i > 0 && time.slice(0, 10) === day ? 11 : 0),
    };
  });
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
      .map(({ state, counts }) => `${words.number(counts[at] ?? 0)} ${spelledState(state)}`)
      .join(', '),
  });
  return time === null ? text : `${text}, ${shownTime(time)}`;
}
