import { analyse } from '../core/analysis/analyse';
import { SEVERITIES, type Severity } from '../core/analysis/finding';
import { thresholds } from '../core/analysis/thresholds';
import { stateFromAnySpelling } from '../core/knowledge/spellings';
import { TCP_STATES } from '../core/model/state';
import { jsonReport, type Reported } from '../core/report/json';
import { renderMarkdown } from '../core/report/markdown';
import { gravest, noSockets, report } from '../core/report/report';
import { renderTerminal } from '../core/report/terminal';
import { readArguments, type Request, UsageError } from './arguments';
import { explanationOf } from './explain';
import { readFileDump } from './input';
import { USAGE } from './usage';
import { version } from './version';

/** Where the program writes. */
export interface Output {
  /** False where the reader is slower than we are, see {@link drained}. */
  write(text: string): boolean;
  drained(): Promise<unknown>;
  error(text: string): void;
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

/** Exit statuses. */
const DONE = 0;
const FOUND = 1;
const TROUBLE = 2;

/** Runs the program; gives its exit status. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  try {
    return await carryOut(readArguments(args), output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.error(`netstat-lens: ${error.message}\nTry: netstat-lens --help\n`);
      return TROUBLE;
    }
    throw error;
  }
}

async function carryOut(request: Request, output: Output): Promise<number> {
  switch (request.kind) {
    case 'help':
      output.write(USAGE);
      return DONE;
    case 'version':
      output.write(`${version}\n`);
      return DONE;
    case 'thresholds':
      for (const [name, { default: value, min, max, unit, description }] of Object.entries(
        thresholds,
      )) {
        output.write(`${name}=${value}  (${min} to ${max} ${unit})\n    ${description}\n`);
      }
      return DONE;
    case 'explain': {
      const state = stateFromAnySpelling(request.state);
      if (state === null) {
        throw new UsageError(
          `no TCP state is called "${request.state}"; there are ${TCP_STATES.join(', ')}`,
        );
      }
      output.write(explanationOf(state));
      return DONE;
    }
    case 'analyze':
      return analyze(request, output);
  }
}

async function analyze(
  request: Request & { readonly kind: 'analyze' },
  output: Output,
): Promise<number> {
  const reported: Reported[] = [];
  let trouble = false;
  for (const source of request.files) {
    try {
      const analysis = analyse(await readFileDump(source), { thresholds: request.thresholds });
      if (analysis.dump.table.length === 0) {
        trouble = true;
        output.error(`netstat-lens: ${noSockets(source)}\n`);
      }
      reported.push({ source, analysis });
    } catch (error) {
      trouble = true;
      output.error(`netstat-lens: ${source}: ${reason(error)}\n`);
    }
  }
  for (const piece of rendered(reported, request.format, output)) {
    if (!output.write(piece)) {
      await output.drained();
    }
  }
  if (trouble) {
    return TROUBLE;
  }
  return reported.some(one => isGrave(gravest(one.analysis), request.failOn)) ? FOUND : DONE;
}

function* rendered(
  reported: readonly Reported[],
  format: 'text' | 'json' | 'markdown',
  output: Output,
): Generator<string> {
  if (format === 'json') {
    yield* jsonReport(reported);
    return;
  }
  let first = true;
  for (const { source, analysis } of reported) {
    const blocks = report(source === '-' ? 'standard input' : source, analysis);
    if (blocks.length > 0) {
      yield first ? '' : '\n';
      yield format === 'markdown' ? renderMarkdown(blocks) : renderTerminal(blocks, output);
      first = false;
    }
  }
}

function isGrave(worst: Severity | null, limit: Severity | null): boolean {
  return worst !== null && limit !== null && SEVERITIES.indexOf(worst) >= SEVERITIES.indexOf(limit);
}

/** What went wrong with a file, without the words of the machine. */
function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
      return 'it may not be read';
    case 'EISDIR':
      return 'this is a folder';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
