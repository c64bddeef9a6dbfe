/**
 * How the suite, inside VS Code, tells the harness, outside, what became of each test: each
 * report is one line on the console, the marker followed by JSON.
 */
export const reportMarker = '[netstat-lens-suite] ';

export type Report =
  | { kind: 'pass'; title: string[]; milliseconds: number }
  | { kind: 'pending'; title: string[] }
  | { kind: 'retry' | 'fail'; title: string[]; error: string }
  | { kind: 'end'; passed: number; failed: number; pending: number; host: string };

/** Reads one line of the console; undefined if it is not a report. */
export function readReport(line: string): Report | undefined {
  const at = line.indexOf(reportMarker);
  if (at < 0) return undefined;
  const json = line.slice(at + reportMarker.length);
  return JSON.parse(json.slice(0, json.lastIndexOf('}') + 1)) as Report;
}
