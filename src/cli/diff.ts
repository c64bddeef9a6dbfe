import { analyze, type Analysis } from '../core/analysis/analyze';
import { differenceOf, type Side } from '../core/analysis/time/difference';
import { isEmpty } from '../core/reading/dump';
import { Localizer } from '../core/wording/text';
import { diffJson, diffReport } from '../core/report/diff';
import { diffWithin, fitsTerminal, fitsTicket } from '../core/report/limits';
import { renderMarkdown } from '../core/report/markdown';
import { Redactor } from '../core/redaction/redact';
import { noSockets } from '../core/report/report';
import { commandFor } from '../core/report/commandLine';
import { renderTerminal, unbroken } from '../core/report/terminal';
import { type Request, UsageError } from './arguments';
import { readFileDump, reasonOf } from './input';
import { complain, DONE, type Output, TROUBLE } from './output';

/** Runs `netstat-lens diff`; returns its exit status. */
export async function diff(
  { files, snapshots, format, all, redact }: Request & { readonly kind: 'diff' },
  output: Output,
): Promise<number> {
  const [first, second = first] = files;
  // One for both, so that equal addresses stay equal between them.
  const redactor = redact ? new Redactor() : null;
  const before = await read(first, redactor, output);
  const after = second === first ? before : await read(second, redactor, output);
  if (before === null || after === null) {
    return TROUBLE;
  }
  const names = { before: nameOf(first, redactor), after: nameOf(second, redactor) };
  const sides =
    before === after
      ? ofOne(names.before, before, snapshots, files[1] !== undefined)
      : lastOfBoth(before, after);
  const difference = differenceOf(...sides);
  if (format === 'json') {
    output.write(diffJson(difference, names));
  } else {
    const options = snapshots === null ? '--all' : `--all --snapshots ${snapshots.join(',')}`;
    const command = redact
      ? // The names that are shown are none of files.
        `netstat-lens diff --redact ${options} FILE${before === after ? '' : ' FILE'}`
      : commandFor(...new Set([names.before, names.after]))(`diff ${options}`);
    const render = (rows: number): string => {
      const blocks = diffReport(difference, names, new Localizer(), { rows, command });
      return format === 'markdown' ? renderMarkdown(blocks) : renderTerminal(blocks, output);
    };
    const fits = format === 'markdown' ? fitsTicket : fitsTerminal;
    output.write(all ? render(Infinity) : diffWithin(render, fits));
  }
  return DONE;
}

async function read(
  source: string,
  redactor: Redactor | null,
  output: Output,
): Promise<Analysis | null> {
  const name = shown(source, redactor);
  try {
    const dump = await readFileDump(source);
    const analysis = analyze(redactor === null ? dump : redactor.dump(dump));
    if (!isEmpty(analysis.dump)) {
      return analysis;
    }
    complain(output, noSockets(name, dump.other, unbroken));
  } catch (error) {
    const reason = reasonOf(error);
    complain(output, `${name}: ${redactor?.text(reason) ?? reason}`);
  }
  return null;
}

/** Two snapshots of one dump: those asked for, counted from 1, else the first and the last. */
function ofOne(
  name: string,
  analysis: Analysis,
  snapshots: readonly [number, number] | null,
  twice: boolean,
): [Side, Side] {
  const count = analysis.snapshots.length;
  if (count < 2) {
    throw new UsageError(
      twice
        ? `both files are ${name}, which has one snapshot only: diff needs two`
        : `${name} has one snapshot only: diff needs two`,
    );
  }
  const [from, to] = snapshots ?? [1, count];
  for (const number of [from, to]) {
    if (number < 1 || number > count) {
      throw new UsageError(`${name} has the snapshots 1 to ${count}, not ${number}`);
    }
  }
  return [
    { analysis, snapshot: from - 1 },
    { analysis, snapshot: to - 1 },
  ];
}

function lastOfBoth(before: Analysis, after: Analysis): [Side, Side] {
  return [
    { analysis: before, snapshot: before.snapshots.length - 1 },
    { analysis: after, snapshot: after.snapshots.length - 1 },
  ];
}

function nameOf(source: string, redactor: Redactor | null): string {
  return source === '-' ? 'standard input' : shown(source, redactor);
}

function shown(source: string, redactor: Redactor | null): string {
  return redactor === null ? source : redactor.source(source);
}
