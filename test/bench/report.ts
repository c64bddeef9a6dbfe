import type { RowCost } from './rowCost';
import type { ShapeCost } from './shapeCost';
import type { Spread } from './measure';

/** What was measured of one format; milliseconds and megabytes. */
export interface Measured {
  readonly format: string;
  readonly bytes: number;
  readonly floor: Spread;
  readonly floorCpu: Spread;
  readonly cli: Spread;
  readonly cliCpu: Spread;
  readonly memory: Spread;
  readonly awk: Spread | null;
}

/** One run of the benchmark. */
export interface Bench {
  readonly rows: number;
  readonly runs: number;
  readonly node: string;
  readonly formats: readonly Measured[];
  /** Nanoseconds of processor time per row of Linux netstat. */
  readonly parse: { readonly own: Spread; readonly peer: Spread };
}

/** The results as Markdown. */
export function tables({ rows, runs, node, formats, parse }: Bench): string {
  return [
    `${rows.toLocaleString('en')} rows, ${runs} runs, Node ${node}: minimum / median / maximum.`,
    '',
    '| format | file, MB | floor, ms | command line, ms | ratio | ratio of CPU time | awk, ms | memory, MB |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...formats.map(
      one =>
        `| ${[
          one.format,
          (one.bytes / 1e6).toFixed(1),
          range(one.floor),
          range(one.cli),
          (one.cli.median / one.floor.median).toFixed(2),
          (one.cliCpu.median / one.floorCpu.median).toFixed(2),
          one.awk === null ? '–' : range(one.awk),
          range(one.memory),
        ].join(' | ')} |`,
    ),
    '',
    '| the parse alone, Linux, 100,000 rows | ns of CPU time a row |',
    '|---|--:|',
    `| this project | ${range(parse.own)} |`,
    `| node-netstat | ${range(parse.peer)} |`,
    `| ratio | ${(parse.peer.median / parse.own.median).toFixed(1)} |`,
  ].join('\n');
}

/** How the ratios to the floor of one run differ from those of another. */
export function compared(before: Bench, after: Bench): string {
  const lines = ['format      before   after   change   noise'];
  for (const one of after.formats) {
    const old = before.formats.find(other => other.format === one.format);
    if (old !== undefined) {
      const was = old.cliCpu.median / old.floorCpu.median;
      const is = one.cliCpu.median / one.floorCpu.median;
      const noise = Math.max(noiseOf(old), noiseOf(one));
      const change = is / was - 1;
      const verdict = Math.abs(change) <= noise ? '' : change > 0 ? '  slower' : '  faster';
      lines.push(
        `${one.format.padEnd(9)} ${was.toFixed(2).padStart(8)} ${is.toFixed(2).padStart(7)} ${percent(change).padStart(8)} ${percent(noise).padStart(7)}${verdict}`,
      );
    }
  }
  return lines.join('\n');
}

/** A page with a text between the two marks of a part. */
export function withPart(page: string, name: string, text: string): string {
  const mark = `<!-- ${name} -->`;
  const begin = page.indexOf(mark);
  const end = page.indexOf(`<!-- end of ${name} -->`);
  if (begin === -1 || end < begin) {
    throw new Error(`the page needs ${mark} and its end`);
  }
  return `${page.slice(0, begin + mark.length)}\n\n${text}\n\n${page.slice(end)}`;
}

/** What reading and analysis took, by shape and number of rows, as Markdown. */
export function rowTable(
  sizes: readonly number[],
  rows: readonly { readonly shape: string; readonly costs: readonly RowCost[] }[],
): string {
  return [
    `| Linux, ns of CPU time a row: read + analyzed | ${sizes.map(size => `${size.toLocaleString('en')} rows`).join(' | ')} | most / least | analysis not yet compiled | longest step, ms |`,
    `|---|${'--:|'.repeat(sizes.length + 3)}`,
    ...rows.map(({ shape, costs }) => {
      const sums = costs.map(({ read, analysis }) => read + analysis);
      return `| ${[
        shape,
        ...costs.map(({ read, analysis }) => `${read.toFixed(0)} + ${analysis.toFixed(0)}`),
        (Math.max(...sums) / Math.min(...sums)).toFixed(2),
        costs.at(-1)?.firstAnalysis.toFixed(0),
        costs.at(-1)?.longestStep.toFixed(1),
      ].join(' | ')} |`;
    }),
  ].join('\n');
}

/** What dumps of random proportions cost, as Markdown. */
export function shapeTable(rows: number, shapes: readonly ShapeCost[]): string {
  const many = (4 * rows).toLocaleString('en');
  return [
    `| seed, format | ${many} rows | file, MB | floor, ms | command line, ms | ratio | growth | memory, MB |`,
    '|---|---|--:|--:|--:|--:|--:|--:|',
    ...shapes.map(
      ({ name, what, bytes, floor, few, many: most, growth, memory }) =>
        `| ${[
          name,
          what,
          (bytes / 1e6).toFixed(1),
          floor.toFixed(0),
          `${few.toFixed(0)}, ${most.toFixed(0)}`,
          (most / floor).toFixed(1),
          growth.toFixed(2),
          memory.toFixed(0),
        ].join(' | ')} |`,
    ),
  ].join('\n');
}

/** How far the runs of one benchmark are from each other, by their better half. */
function noiseOf({ cliCpu, floorCpu }: Measured): number {
  return cliCpu.median / cliCpu.min - 1 + (floorCpu.median / floorCpu.min - 1);
}

/** Minimum, median and maximum as a cell of a table. */
export function range({ min, median, max }: Spread): string {
  return [min, median, max].map(value => value.toFixed(0)).join(' / ');
}

function percent(share: number): string {
  return `${share < 0 ? '' : '+'}${(share * 100).toFixed(0)} %`;
}
