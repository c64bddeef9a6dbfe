import { DONE, type Output, TROUBLE } from './output';
import { run } from './run';

const output: Output = {
  write: text => process.stdout.write(text),
  drained: () => new Promise(resolve => process.stdout.once('drain', resolve)),
  error: text => process.stderr.write(text),
  // FORCE_COLOR is not read: a report in colours in a file helps nobody.
  colour:
    process.stdout.isTTY &&
    (process.env['NO_COLOR'] ?? '') === '' &&
    process.env['TERM'] !== 'dumb',
  width: process.stdout.isTTY ? process.stdout.columns : 100,
};

// `netstat-lens … | head` closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? DONE : TROUBLE);
});

run(process.argv.slice(2), output).then(
  status => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // Status 1 would say that `--fail-on` was met.
    process.exitCode = TROUBLE;
    console.error(error);
  },
);
