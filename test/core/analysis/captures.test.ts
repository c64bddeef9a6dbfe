import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codesOf } from '../../../src/core/analysis/finding';
import { plain } from '../../../src/core/wording/text';
import { analysed, expectFinding, expectSilence, titles } from './scene';

/*
 * Captures of one staged host: python3 25812 (port 9000) holds 8 CLOSE_WAIT, 4 of them with 27
 * unread bytes; 25977 is the client that closed them (3 closed, 5 only shut down); 25814 (port
 * 9002, backlog 2) does not accept; 25813 (port 9001) does not read from 25977.
 */
function capture(name: string): string {
  return readFileSync(path.join(import.meta.dirname, 'scenes', name), 'utf8');
}

const WITH_OWNERS = [
  'netstat-antop.txt',
  'netstat-antop-later.txt',
  'netstat-antopee.txt',
  'netstat-antope-pt-BR.txt',
  'ss-tanoep.txt',
];

describe('captures of a staged host', () => {
  for (const name of WITH_OWNERS) {
    describe(name, () => {
      const text = capture(name);

      it('names the leak, who closed, and the unread bytes', () => {
        const found = expectFinding(text, 'CW-1', {
          code: 'CW-1',
          severity: 'error',
          pid: 25812,
          process: 'python3',
          rows: 8,
          title: 'python3 (25812) has 8 in CLOSE_WAIT, closed by python3 (25977)',
        });
        assert.deepEqual(codesOf(found).sort(), ['CW-1', 'CW-4', 'PAIR-1']);
        expectFinding(text, 'PAIR-1', {
          title: 'Closed by python3 (25977); python3 (25812) has not called close()',
        });
        const [group, ...others] = analysed(text).last?.closeWait ?? [];
        assert.deepEqual(others, []);
        assert.equal(group?.count, 8);
        assert.equal(group.ofOwner, 9);
        assert.equal(group.unreadBytes, 108);
        assert.deepEqual(group.remotes, [{ address: '127.0.0.1', port: null, count: 8 }]);
      });

      it('names the full accept queue, and does not blame the network', () => {
        expectFinding(text, 'SS-3', { code: 'SS-3', severity: 'error', pid: 25814 });
        expectFinding(text, 'LQ-1', { title: /127\.0\.0\.1:9002/ });
        expectSilence(text, 'SS-1');
      });

      it('names who does not read', () => {
        expectFinding(text, 'PAIR-2', {
          code: 'PAIR-2',
          severity: 'warning',
          confidence: 'high',
          pid: 25813,
          title:
            'python3 (25813) is not reading: 128,512 bytes wait in Recv-Q, 3,782,144 bytes more at python3 (25977)',
        });
      });

      it('says no more than that', () => {
        assert.equal(
          analysed(text).findings.filter(({ severity }) => severity !== 'info').length,
          3,
          titles(text).join('\n'),
        );
      });
    });
  }

  it('two snapshots without their times make it no surer', () => {
    const text = capture('netstat-antop.txt') + capture('netstat-antop-later.txt');
    expectFinding(text, 'CW-2', {
      severity: 'error',
      confidence: 'medium',
      pid: 25812,
      title: 'python3 (25812) has not closed 8 connections in CLOSE_WAIT: the same in 2 snapshots',
    });
    expectFinding(text, 'F2-2', { severity: 'info', pid: 25977, rows: 5 });
    for (const { since } of analysed(text).findings) {
      assert.equal(since, 0);
    }
  });

  it('without owners the port stands for the program, with less confidence', () => {
    for (const name of ['netstat-an.txt', 'ss-tani.txt']) {
      const found = expectFinding(capture(name), 'CW-1', {
        severity: 'warning',
        confidence: 'low',
        pid: null,
        rows: 8,
        title: /^The program listening on port 9000 has 8 in CLOSE_WAIT/,
      });
      assert.ok(found.caveats.some(text => plain(text).includes('does not show processes')));
    }
  });

  it('sees the full queue in a list of listeners alone', () => {
    expectFinding(capture('ss-tlnp.txt'), 'LQ-1', {
      code: 'LQ-1',
      severity: 'error',
      pid: 25814,
      title:
        'Accept queue of 127.0.0.1:9002 is full (3, backlog 2): python3 (25814) is not accepting fast enough',
    });
  });

  it('tells a missing accept() from a missing close()', () => {
    const text = capture('netstat-accept-queue.txt');
    expectFinding(text, 'CW-5', { code: 'CW-5', severity: 'warning', pid: 26231, rows: 4 });
    expectSilence(text, 'CW-1');
  });
});
