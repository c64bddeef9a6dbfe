import { analyse } from '../core/analysis/analyse';
import { thresholds } from '../core/analysis/thresholds';
import { stateFromAnySpelling } from '../core/knowledge/spellings';
import { TCP_STATES } from '../core/model/state';
import type { Reported } from '../core/report/json';
import { Redactor } from '../core/report/redact';
import { noSockets } from '../core/report/report';
import { readArguments, type Request, UsageError } from './arguments';
import { diff } from './diff';
import { explanationOf } from './explain';
import { readFileDump, reasonOf } from './input';
import { DONE, FOUND, type Output, TROUBLE } from './output';
import { isAnyGrave, writeReports } from './reporting';
import { USAGE } from './usage';
import { version } from './version';
import { capture, watch } from './watch';

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
    case 'diff':
      return diff(request, output);
    case 'capture':
      return capture(request, output);
    case 'watch':
      return watch(request, output);
  }
}

async function analyze(
  request: Request & { readonly kind: 'analyze' },
  output: Output,
): Promise<number> {
  const reported: Reported[] = [];
  // One for all files, so that equal addresses stay equal between them.
  const redactor = request.redact ? new Redactor() : null;
  let trouble = false;
  for (const source of request.files) {
    try {
      const read = await readFileDump(source);
      const dump = redactor === null ? read : redactor.dump(read);
      const analysis = analyse(dump, { thresholds: request.thresholds });
      if (analysis.dump.table.length === 0) {
        trouble = true;
        output.error(`netstat-lens: ${noSockets(source)}\n`);
      }
      reported.push({ source, analysis });
    } catch (error) {
      trouble = true;
      output.error(`netstat-lens: ${source}: ${reasonOf(error)}\n`);
    }
  }
  await writeReports(reported, request.format, output);
  if (trouble) {
    return TROUBLE;
  }
  return isAnyGrave(reported, request.failOn) ? FOUND : DONE;
}
