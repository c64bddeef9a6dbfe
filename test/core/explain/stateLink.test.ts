import assert from 'node:assert/strict';

import { LONGEST_ROW, mayBeRow } from '../../../src/core/explain/rowHint';
import { stateLink } from '../../../src/core/explain/stateLink';
import { stateSpellings } from '../../../src/core/vocabulary/stateSpellings';
import { Localizer, plain } from '../../../src/core/wording/text';
import { processorTime } from '../processorTime';

const LEAK =
  'tcp      433      0 10.20.0.1:8080          10.20.0.2:33260         CLOSE_WAIT  21476/leaky-server';

function linked(line: string): [word: string, said: string | undefined] | null {
  const found = stateLink(line, new Localizer());
  return found && [line.slice(found.start, found.end), found.explanation.lead.map(plain)[0]];
}

describe('links of terminals', () => {
  const rows: readonly [line: string, word: string, said: RegExp][] = [
    [LEAK, 'CLOSE_WAIT', /^10\.20\.0\.2:33260 closed .*leaky-server \(21476\) has not\.$/],
    [
      'CLOSE-WAIT 433 0 10.20.0.1:8080 10.20.0.2:33260 users:(("leaky-server",pid=21476,fd=5))',
      'CLOSE-WAIT',
      /leaky-server \(21476\) has not/,
    ],
    ['tcp   CLOSE-WAIT 433 0 10.20.0.1:8080 [2001:db8::2]:33260', 'CLOSE-WAIT', /has not/],
    ['  TCP    10.20.0.1:8080   10.20.0.2:33260   CLOSE_WAIT   4321', 'CLOSE_WAIT', /4321 has not/],
    ['  TCP    0.0.0.0:135   0.0.0.0:0   ABHÖREN   4321', 'ABHÖREN', /./],
    [
      'java 12 root 5u IPv4 1234 0t0 TCP 10.20.0.1:8080->10.20.0.2:33260 (CLOSE_WAIT)',
      'CLOSE_WAIT',
      /java \(12\) has not/,
    ],
    [
      '   0: 0100007F:0016 0200007F:8000 08 00000000:00000000 00:00000000 00000000     0        0 1234 1 0',
      '08',
      /has not/,
    ],
    ['10.20.0.1   8080   10.20.0.2   33260   CloseWait   Internet 4321', 'CloseWait', /4321/],
    [
      'tcp4       0      0  10.20.0.1.8080     10.20.0.2.33260    CLOSE_WAIT',
      'CLOSE_WAIT',
      /has not/,
    ],
    ['LISTEN 0 128 *:22 *:*', 'LISTEN', /./],
  ];
  for (const [line, word, said] of rows) {
    it(`lead from a row: ${line.trim().slice(0, 70)}`, () => {
      assert.ok(mayBeRow(line));
      const [linkedWord, headline] = linked(line) ?? [];
      assert.equal(linkedWord, word);
      assert.match(headline ?? '', said);
    });
  }

  it('stand where the word stands between colors', () => {
    const line = LEAK.replace('CLOSE_WAIT', '\u001b[01;31m\u001b[KCLOSE_WAIT\u001b[m\u001b[K');
    assert.equal(linked(line)?.[0], 'CLOSE_WAIT');
  });

  const others = [
    '',
    'hello',
    'Listening on 127.0.0.1:8080',
    'Proto Recv-Q Send-Q Local Address           Foreign Address         State',
    'udp        0      0 0.0.0.0:68              0.0.0.0:*',
    'docker run -p 8080:80 closed',
    'CLOSE_WAIT means that 10.20.0.2:80 closed first',
    '$ ss -tan state close-wait dst 10.20.0.2:80',
    '2026-01-05 10:00:00 time out connecting to 10.20.0.2:443',
  ];
  for (const line of others) {
    it(`are not in: ${JSON.stringify(line)}`, () => {
      assert.equal(linked(line), null);
    });
  }

  it('are looked for only where a state word and an address are', () => {
    for (const line of [
      'npm run build',
      'src/a.ts:12:5 - error TS2304',
      '-rw-r--r-- 1 root root 1 a.ts',
      'CLOSE_WAIT',
      '10.20.0.1:80',
    ]) {
      assert.equal(mayBeRow(line), false, line);
    }
    for (const { word, tcp } of stateSpellings) {
      if (tcp !== null) {
        assert.ok(mayBeRow(`tcp 0 0 10.20.0.1:80 10.20.0.2:33260 ${word}`), word);
      }
    }
  });

  it('are found in time in lines of any length', () => {
    const began = process.cpuUsage();
    for (const part of [LEAK, 'a:1 ', 'time ', '0100007F:0016 ', '::', '1.1', 'CLOSE_WAIT']) {
      const line = part.repeat(200_000);
      if (mayBeRow(line)) {
        linked(line);
      }
    }
    assert.ok(processorTime(began) < 1500);
    assert.equal(linked(`${' '.repeat(LONGEST_ROW)}${LEAK}`), null);
  });
});
