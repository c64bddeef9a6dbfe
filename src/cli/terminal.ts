import type { Machine } from '../node/capturer';
import { DONE, type Output, TROUBLE } from './output';
import { run } from './run';

/** Runs the program for a terminal or a pipe, and sets the exit status of this process. */
export async function runInTerminal(args: readonly string[], machine?: Machine): Promise<void> {
  // `netstat-lens … | head` closes the pipe; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? DONE : TROUBLE);
  });
  // The report does not need standard error. Without this, its end would end the program.
  process.stderr.on('error', () => undefined);
  try {
    process.exitCode = await run(args, standardOutput(), machine);
  } catch (error) {
    // Status 1 would say that `--fail-on` was met.
    process.exitCode = TROUBLE;
    console.error(error);
  }
}

function standardOutput(): Output {
  return {
    write: text => process.stdout.write(text),
    drained: () => new Promise(resolve => process.stdout.once('drain', resolve)),
    error: text => process.stderr.write(text),
    // FORCE_COLOR is not read: a report in colours in a file helps nobody.
    colour:
      process.stdout.isTTY &&
      (process.env['NO_COLOR'] ?? '') === '' &&
      process.env['TERM'] !== 'dumb',
    width: widthOf(process.stdout, process.env),
  };
}

/** Columns where neither a terminal nor the user says how many there are. */
const USUAL_WIDTH = 80;

/** The columns of a terminal; of anything else, those that the user says. */
export function widthOf(
  { isTTY, columns }: Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>,
  { COLUMNS = '' }: NodeJS.ProcessEnv,
): number {
  const said = /^[1-9]\d{0,4}$/.test(COLUMNS) ? Number(COLUMNS) : USUAL_WIDTH;
  // A terminal without a size has no columns.
  return isTTY === true && columns !== undefined && columns > 0 ? columns : said;
}
