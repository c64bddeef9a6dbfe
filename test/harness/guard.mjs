// Runs a command and ends its whole process group when the process that started this one is gone,
// however that ended: its end of our standard input closes then.
//
//   node guard.mjs COMMAND ARGUMENT…      (started as the leader of a process group)

import { spawn } from 'node:child_process';
import process from 'node:process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function endAll() {
  if (process.platform === 'win32') child.kill();
  else process.kill(-process.pid, 'SIGKILL');
}

child.on('error', error => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', code => process.exit(code ?? 1));
process.stdin.on('end', endAll).on('error', endAll).resume();
// The group gets SIGTERM as a whole; the child decides when to end.
process.on('SIGTERM', () => undefined);
