/* The command line with one tool in place of all of this machine's: cli.ts TOOL ARGUMENT... */
import { runInTerminal } from '../../src/cli/terminal';
import { thisMachine } from '../../src/node/capturer';

const [tool, ...args] = process.argv.slice(2);
void runInTerminal(args, { ...thisMachine(() => []), find: () => Promise.resolve(tool) });
