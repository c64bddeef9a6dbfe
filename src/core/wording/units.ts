import { label } from './statement';
import type { Localizer, Text } from './text';
import { PHRASES } from './words';

const UNITS = {
  byte: label('1 byte'),
  bytes: label('{n} bytes'),
  second: label('{n} s'),
  minutes: label('{n} min'),
  minutesSeconds: label('{n} min {rest} s'),
  hours: label('{n} h'),
  hoursMinutes: label('{n} h {rest} min'),
  range: label('{from} to {to}'),
};

/** A number of bytes. */
export function bytes(n: number, localizer: Localizer): Text {
  return n === 1 ? localizer.format(UNITS.byte) : localizer.format(UNITS.bytes, { n });
}

/** "1 socket", "118 sockets". */
export function socketCount(count: number, localizer: Localizer): Text {
  return count === 1
    ? localizer.format(PHRASES.oneSocket)
    : localizer.format(PHRASES.socketCount, { count });
}

/** A time: exact to tenths of a second below ten seconds, then to seconds, then to minutes. */
export function duration(seconds: number, localizer: Localizer): Text {
  if (seconds < 10) {
    return localizer.format(UNITS.second, { n: Math.round(seconds * 10) / 10 });
  }
  const whole = Math.round(seconds);
  if (whole < 120) {
    return localizer.format(UNITS.second, { n: whole });
  }
  if (whole < 3600) {
    const rest = whole % 60;
    const n = (whole - rest) / 60;
    return rest === 0 || n >= 10
      ? localizer.format(UNITS.minutes, { n: Math.round(whole / 60) })
      : localizer.format(UNITS.minutesSeconds, { n, rest });
  }
  const minutes = Math.round(whole / 60);
  const rest = minutes % 60;
  const n = (minutes - rest) / 60;
  return rest === 0
    ? localizer.format(UNITS.hours, { n })
    : localizer.format(UNITS.hoursMinutes, { n, rest });
}

/** A time that was measured and is at least so long: never rounded up, to seconds below an hour. */
export function measuredDuration(seconds: number, localizer: Localizer): Text {
  if (seconds < 1) {
    return duration(seconds, localizer);
  }
  const whole = Math.floor(seconds);
  const rest = whole % 60;
  return whole < 600 || whole >= 3600 || rest === 0
    ? duration(whole, localizer)
    : localizer.format(UNITS.minutesSeconds, { n: (whole - rest) / 60, rest });
}

/** A time between two, or the one that they are. */
export function durations([from, to]: readonly [number, number], localizer: Localizer): Text {
  return from === to
    ? duration(from, localizer)
    : localizer.format(UNITS.range, {
        from: duration(from, localizer),
        to: duration(to, localizer),
      });
}

const ORDINALS = {
  first: label('first'),
  second: label('second'),
  third: label('third'),
  fourth: label('fourth'),
  fifth: label('fifth'),
  sixth: label('sixth'),
  seventh: label('seventh'),
  eighth: label('eighth'),
  ninth: label('ninth'),
  tenth: label('tenth'),
  nth: label('{n}th'),
};

const NAMED = [
  ORDINALS.first,
  ORDINALS.second,
  ORDINALS.third,
  ORDINALS.fourth,
  ORDINALS.fifth,
  ORDINALS.sixth,
  ORDINALS.seventh,
  ORDINALS.eighth,
  ORDINALS.ninth,
  ORDINALS.tenth,
];

/** A place in a row from 1 on: first, second, … (Linux counts to some 15). */
export function ordinal(n: number, localizer: Localizer): Text {
  const named = NAMED[n - 1];
  return named === undefined ? localizer.format(ORDINALS.nth, { n }) : localizer.format(named);
}
