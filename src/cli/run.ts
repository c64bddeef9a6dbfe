import { type Analysis, analyze } from '../core/analysis/analyze';
import { thresholds } from '../core/analysis/thresholds';
import { type Dump, isEmpty } from '../core/reading/dump';
import { Redactor } from '../core/redaction/redact';
import { noSockets } from '../core/report/report';
import { unbroken } from '../core/report/terminal';
import { type Machine, thisMachine } from '../node/capturer';
import { readArguments, type Request, UsageError } from './arguments';
import { LISTS } from './options';
import { diff } from './diff';
import { explanationOf } from './explain';
import {
  noDumps,
  type OnUnreadable,
  readFileDump,
  readFilesTogether,
  reasonOf,
  sourcesOf,
} from './input';
import { complain, DONE, FOUND, type Output, TROUBLE } from './output';
import { port } from './port';
import { isAnyGrave, reportsOn, writeAll } from './reporting';
import { thresholdText } from './threshold';
import { usage } from './usage';
import { version } from './version';
import { capture, watch } from './watch';

/** Runs the program; returns its exit status. */
export async function run(
  args: readonly string[],
  output: Output,
  // A tool in the folder that one works in is none of the system's.
  machine: Machine = thisMachine(() => [process.cwd()]),
): Promise<number> {
  try {
    return await carryOut(readArguments(args), output, machine);
  } catch (error) {
    if (error instanceof UsageError) {
      complain(output, error.message);
      output.error('Try: netstat-lens --help\n');
      return TROUBLE;
    }
    throw error;
  }
}

async function carryOut(request: Request, output: Output, machine: Machine): Promise<number> {
  switch (request.kind) {
    case 'help':
      output.write(usage(output, request.command));
      return DONE;
    case 'version':
      output.write(`${version}\n`);
      return DONE;
    case 'thresholds':
      for (const [name, threshold] of Object.entries(thresholds)) {
        output.write(thresholdText(name, threshold, output));
      }
      return DONE;
    case 'explain':
      output.write(explanationOf(request.word, output));
      return DONE;
    case 'port':
      return port(request, output, machine);
    case 'analyze':
      return analyzeFiles(request, output);
    case 'diff':
      return diff(request, output);
    case 'capture':
      return capture(request, output, machine);
    case 'watch':
      return watch(request, output, machine);
  }
}

function hasCountersOnly(dump: Dump): boolean {
  return dump.table.length === 0 && !isEmpty(dump);
}

function notKept(name: string, count: number): string {
  return `${name}: the ${count} oldest snapshots were read and not kept, for want of memory; split the file to list them`;
}

async function analyzeFiles(
  request: Request & { readonly kind: 'analyze' },
  output: Output,
): Promise<number> {
  const names: string[] = [];
  // One for all files, so that equal addresses stay equal between them.
  const redactor = request.redact ? new Redactor() : null;
  const redacted = (dump: Dump): Dump => (redactor === null ? dump : redactor.dump(dump));
  const shown = (name: string): string => (redactor === null ? name : redactor.source(name));
  let trouble = false;
  let grave = false;
  const reports = reportsOn(request, output);
  const unreadable: OnUnreadable = (name, error) => {
    trouble = true;
    const reason = reasonOf(error);
    complain(output, `${shown(name)}: ${redactor?.text(reason) ?? reason}`);
  };
  const { files, folders } = await sourcesOf(request.files, unreadable);
  for (const { name, folder } of files) {
    try {
      const source = shown(name);
      const dump = redacted(await readFileDump(name));
      if (isEmpty(dump)) {
        if (folder !== null) {
          continue;
        }
        trouble = true;
        complain(output, noSockets(source, dump.other, unbroken));
      } else if (folder !== null) {
        folder.hasDump = true;
      }
      if (LISTS.has(request.format) && request.list === 'sockets' && hasCountersOnly(dump)) {
        complain(
          output,
          `${source}: no sockets, only counters; ${unbroken('--list counters')} lists those`,
        );
      }
      if (dump.forgotten > 0 && LISTS.has(request.format)) {
        complain(output, notKept(source, dump.forgotten));
      }
      let known: Analysis | undefined;
      const analysis = (): Analysis => (known ??= analyze(dump, request));
      await writeAll(reports.add({ source, dump }, analysis), output);
      if (request.failOn !== null) {
        grave ||= isAnyGrave([analysis()], request);
      }
      names.push(name);
    } catch (error) {
      unreadable(name, error);
    }
  }
  for (const { name, hasDump } of folders) {
    if (!hasDump) {
      trouble = true;
      complain(output, noDumps(shown(name)));
    }
  }
  let together: Analysis | undefined;
  if (request.together && names.length > 0) {
    together = analyze(redacted(await readFilesTogether(names, unreadable)), request);
    grave ||= isAnyGrave([together], request);
  }
  await writeAll(reports.end(together), output);
  if (trouble) {
    return TROUBLE;
  }
  return grave ? FOUND : DONE;
}
