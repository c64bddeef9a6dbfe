/** A number at a time. */
export interface Point {
  /** Seconds since the epoch; null if it is not known. */
  readonly seconds: number | null;
  readonly value: number;
}

/** How a number grows. */
export interface Trend {
  /** The middle of the slopes between any two points, per minute. */
  readonly perMinute: number;
  /** Half of the slopes lie between these two. */
  readonly low: number;
  readonly high: number;
  /** From the first point to the last. */
  readonly seconds: number;
  readonly points: number;
}

/** Fewer points make no trend. */
const LEAST_POINTS = 3;

/** More points are thinned out: the slopes between any two of them are counted. */
const MOST_POINTS = 200;

/**
 * The trend of points in the order of their times (Theil–Sen: the median of the slopes between
 * any two, which single odd values do not move); null where fewer than three are timed.
 */
export function trendOf(points: readonly Point[]): Trend | null {
  const timed = thinned(points.filter(isTimed));
  const first = timed[0];
  const last = timed.at(-1);
  if (first === undefined || last === undefined || timed.length < LEAST_POINTS) {
    return null;
  }
  const slopes: number[] = [];
  for (const [i, from] of timed.entries()) {
    for (let j = i + 1; j < timed.length; j++) {
      const to = timed[j]!;
      if (to.seconds > from.seconds) {
        slopes.push(((to.value - from.value) * 60) / (to.seconds - from.seconds));
      }
    }
  }
  if (new Set(timed.map(({ seconds }) => seconds)).size < LEAST_POINTS) {
    return null;
  }
  const sorted = Float64Array.from(slopes).sort();
  return {
    perMinute: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    seconds: last.seconds - first.seconds,
    points: timed.length,
  };
}

/** Seconds until a number that grows reaches a limit: at its middle, high and low rate. */
export interface Forecast {
  readonly seconds: number;
  readonly soonest: number;
  /** Null where the low rate never reaches it. */
  readonly latest: number | null;
}

/** When a value that follows a trend reaches a limit; null if it does not, or already has. */
export function forecast(trend: Trend, value: number, limit: number): Forecast | null {
  const left = limit - value;
  if (left <= 0 || trend.perMinute <= 0) {
    return null;
  }
  return {
    seconds: (left * 60) / trend.perMinute,
    soonest: (left * 60) / Math.max(trend.high, trend.perMinute),
    latest: trend.low > 0 ? (left * 60) / trend.low : null,
  };
}

type Timed = Point & { readonly seconds: number };

function isTimed(point: Point): point is Timed {
  return point.seconds !== null;
}

/** Some of many, evenly, the first and the last among them: as many as a trend takes. */
export function thinned<T>(points: readonly T[]): readonly T[] {
  if (points.length <= MOST_POINTS) {
    return points;
  }
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => points[Math.round(i * step)]!);
}

/** The value below which a share of sorted numbers lies, between two of them where it must be. */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[below + 1]!;
  return low + (high - low) * (at - below);
}
