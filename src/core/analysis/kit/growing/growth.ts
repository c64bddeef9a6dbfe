import { plain, type Text } from '../../../wording/text';
import { clockAfter } from '../../time/clock';
import type { Growth } from '../draft';
import type { RuleContext } from '../ruleContext';
import { FINDING_TEXTS } from '../findingTexts';
import {
  type Forecast,
  forecast,
  type Point,
  thinned,
  type Trend,
  trendOf,
} from '../../time/trend';

/** A limit that a number grows towards. */
export interface Limit {
  readonly value: number;
  /** What happens there, with what is assumed of it: "1,024 descriptors (`ulimit -n`, …) are used". */
  readonly text: Text;
  /** What counts against it now, where that is more than the number that grows. */
  readonly used?: number;
}

export interface CourseOptions {
  /** Undefined where nothing is known of a limit. */
  readonly limit?: Limit | undefined;
  /** How such a number is written. */
  readonly unit?: (value: number) => number | Text;
}

/** Fewer are no growth: they come and go. */
const FEW = 5;

/** Parts of a course, in the last of which it must go on. */
const PARTS = 4;

/** What there is to say of a number that was followed through snapshots. */
export interface Course {
  /** Null where it does not grow, or fewer than three snapshots tell their time. */
  readonly growth: Growth | null;
  readonly texts: readonly Text[];
}

/** A number in the given snapshots of a host, the last of which is the context's. */
export function course(
  context: RuleContext,
  snapshots: readonly number[],
  /** `i` counts the snapshots from 0 on. */
  valueIn: (snapshot: number, i: number) => number,
  { limit, unit = value => value }: CourseOptions = {},
): Course {
  const { history } = context;
  const all = [...snapshots.keys()];
  const timed = all.filter(i => history.secondsOf(snapshots[i]!) !== null);
  // A value may cost a pass over its snapshot.
  const pointsAt = (places: readonly number[], secondsAt: (i: number) => number | null): Point[] =>
    thinned(places).map(i => ({ seconds: secondsAt(i), value: valueIn(snapshots[i]!, i) }));
  const points = pointsAt(timed, i => history.secondsOf(snapshots[i]!));
  const trend = trendOf(points);
  if (trend === null && timed.length < all.length) {
    const numberOf = (i: number): number => history.hosts.place(snapshots[i]!) + 1;
    return { growth: null, texts: untimedText(context, pointsAt(all, numberOf), unit) };
  }
  if (trend === null || trend.perMinute <= 0 || !isGrowing(points)) {
    return { growth: null, texts: [] };
  }
  const used = (): number => limit?.used ?? valueIn(snapshots.at(-1)!, snapshots.length - 1);
  // What a later snapshot does not show any more is on its way to nothing.
  const towards = history.hosts.isLast(context.index.number) ? limit : undefined;
  const ahead = towards === undefined ? null : forecast(trend, used(), towards.value);
  return {
    growth: {
      perMinute: rounded(trend.perMinute),
      low: rounded(trend.low),
      high: rounded(trend.high),
      seconds: trend.seconds,
      snapshots: trend.points,
      limit: towards?.value ?? null,
      secondsToLimit: ahead === null ? null : Math.round(ahead.seconds),
    },
    texts: [
      growthText(context, trend, unit),
      ...(towards === undefined || ahead === null ? [] : [limitText(context, towards, ahead)]),
    ],
  };
}

/** Whether a number grew by more than a few, and to the end: what has reached its number grows no more. */
function isGrowing(points: readonly Point[]): boolean {
  const steps = points.length - 1;
  const parts = Math.min(PARTS, steps);
  const [first, before, last] = [0, Math.round((steps * (parts - 1)) / parts), steps].map(
    place => points[place]!.value,
  ) as [number, number, number];
  return last - first >= FEW && last > before;
}

/** How a number grew where times are missing: the points have the numbers of snapshots for them. */
function untimedText(
  context: RuleContext,
  points: readonly Point[],
  unit: (value: number) => number | Text,
): Text[] {
  if ((trendOf(points)?.perMinute ?? 0) <= 0 || !isGrowing(points)) {
    return [];
  }
  const numbers = points.map(({ seconds }) => seconds!);
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  const counts = points.map(({ value }) => {
    const count = unit(value);
    return typeof count === 'number' ? context.localizer.number(count) : plain(count);
  });
  const isRun = last - first === numbers.length - 1;
  return [
    context.say(FINDING_TEXTS.growthUntimed, {
      counts: ends(counts),
      snapshots: isRun ? `${first}\u2013${last}` : ends(numbers.map(String)),
    }),
  ];
}

/** Items that a list has at its start and at its end. */
const NAMED = 4;

/** A list, of a long one its start and its end. */
function ends(items: readonly string[]): string {
  return items.length > NAMED * 2
    ? [...items.slice(0, NAMED), '\u2026', ...items.slice(-NAMED)].join(', ')
    : items.join(', ');
}

function growthText(
  context: RuleContext,
  trend: Trend,
  unit: (value: number) => number | Text,
): Text {
  const args = {
    perMinute: unit(rounded(trend.perMinute)),
    time: context.measured(trend.seconds),
  };
  const low = rounded(trend.low);
  const high = rounded(trend.high);
  return low === high
    ? context.say(FINDING_TEXTS.growth, args)
    : context.say(FINDING_TEXTS.growthSpread, { ...args, low: unit(low), high: unit(high) });
}

function limitText(context: RuleContext, limit: Limit, ahead: Forecast): Text {
  const time = context.duration(ahead.seconds);
  const last = context.index.snapshot.time;
  const clock = last === null ? null : clockAfter(last, ahead.seconds);
  if (last === null || clock === null) {
    return context.say(FINDING_TEXTS.reachesLater, { limit: limit.text, time });
  }
  const soonest = clockAfter(last, ahead.soonest);
  const latest = ahead.latest === null ? null : clockAfter(last, ahead.latest);
  return soonest === null || latest === null || soonest === latest
    ? context.say(FINDING_TEXTS.reaches, { limit: limit.text, clock, time })
    : context.say(FINDING_TEXTS.reachesBetween, {
        limit: limit.text,
        clock,
        time,
        soonest,
        latest,
      });
}

/** Whole numbers from 100 on, tenths from 1 on, and below that two significant digits. */
function rounded(value: number): number {
  const size = Math.abs(value);
  return size >= 100
    ? Math.round(value)
    : size >= 1
      ? Math.round(value * 10) / 10
      : Number(value.toPrecision(2));
}
