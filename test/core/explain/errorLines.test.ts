import { strict as assert } from 'node:assert';
import { explainAt } from '../../../src/core/explain/explain';
import { plain } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';
import { localizer } from './rows';
import { processorTime } from '../processorTime';

const DUMP = `Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        0      0 10.0.0.1:8080           10.0.0.2:33176          ESTABLISHED
`;

/** What is hovered at the first place of `at` in a line below a dump, and its title. */
function hover(line: string, at: string): string | null {
  const text = DUMP + line;
  const lines = text.split('\n');
  const character = line.indexOf(at);
  assert.notEqual(character, -1);
  const textOf = (n: number): string => lines[n] ?? '';
  const found = explainAt(readDump(text), lines.length - 1, character, textOf, localizer);
  return found && `${line.slice(found.start, found.end)} = ${plain(found.explanation.title)}`;
}

describe('hovers on errors among the lines of a dump', () => {
  const known: readonly (readonly [string, string, string])[] = [
    ['java.net.SocketException: Connection reset', 'reset', 'Connection reset = ECONNRESET'],
    ['read: connection reset by peer', 'reset', 'connection reset by peer = ECONNRESET'],
    ['WSAECONNRESET (10054)', 'ECONN', 'WSAECONNRESET = ECONNRESET'],
    ['nginx: bind() failed: Address already in use', 'use', 'Address already in use = EADDRINUSE'],
    ['Error: listen EACCES: permission denied 0.0.0.0:80', 'denied', 'permission denied = EACCES'],
    ['accept4: too many open files', 'files', 'too many open files = EMFILE'],
    ['too many open files in system (accept)', 'files', 'too many open files in system = ENFILE'],
  ];
  for (const [line, at, expected] of known) {
    it(`explain "${expected}" in "${line}"`, () => {
      assert.equal(hover(line, at), expected);
    });
  }

  const unknown: readonly (readonly [string, string])[] = [
    ['bash: ./run.sh: Permission denied', 'Permission'],
    ['the connection was reset', 'reset'],
    ['java.net.SocketException: Connection reset', 'java'],
    ['RECONNRESETTING', 'ECONN'],
    ['exit code 104', '104'],
  ];
  for (const [line, at] of unknown) {
    it(`say nothing at "${at}" in "${line}"`, () => {
      assert.equal(hover(line, at), null);
    });
  }

  it('look no further than near', () => {
    const line = `${'connection '.repeat(100_000)}Connection reset`;
    const start = process.cpuUsage();
    assert.equal(hover(line, 'Connection reset'), 'Connection reset = ECONNRESET');
    assert.ok(processorTime(start) < 2000);
  });
});
