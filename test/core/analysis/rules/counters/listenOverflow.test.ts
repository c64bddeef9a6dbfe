import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  expectFinding,
  expectHealthy,
  expectSilence,
  find,
  loop,
  netstat,
  row,
  ss,
  statistics,
} from '../../scene';

const full = ss('LISTEN 129 128 0.0.0.0:443 0.0.0.0:* users:(("web",pid=7,fd=3))');
const empty = ss('LISTEN 0 128 0.0.0.0:443 0.0.0.0:* users:(("web",pid=7,fd=3))');
const before = { TcpExtListenOverflows: 10, TcpExtListenDrops: 10 };
const after = { TcpExtListenOverflows: 38, TcpExtListenDrops: 38 };

describe('CT-1 counter-listen-overflow', () => {
  it('joins the finding on the one queue that is full', () => {
    const found = expectFinding(
      loop(statistics(before) + empty, statistics(after) + full),
      'CT-1',
      {
        severity: 'error',
        confidence: 'high',
        process: 'web',
        title:
          'Accept queue of 0.0.0.0:443 dropped connection attempts of web (7): 28 met a full queue',
      },
    );
    assert.deepEqual([found.code, ...found.merged.map(({ code }) => code)], ['LQ-1', 'CT-1']);
    assert.equal(
      found.evidence.filter(({ text }) => text.id.startsWith('`{name}`: from')).length,
      1,
      'what moved is evidence',
    );
    const nstat = found.confirm.filter(({ command }) => command?.startsWith('nstat') === true);
    assert.deepEqual(
      nstat.map(({ text }) => plain(text)),
      [
        'Run this twice. If ListenOverflows grows, connections are dropped because an accept queue is full. What grows is happening now.',
      ],
    );
  });

  it('hedges where the backlog is not shown and one listener only has connections waiting', () => {
    const listing = netstat(
      row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { recvQ: 7, owner: '7/web' }),
      row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '9/sshd' }),
    );
    expectFinding(loop(statistics(before) + listing, statistics(after) + listing), 'CT-1', {
      title: /^Accept queue of 0\.0\.0\.0:443 most likely dropped/,
      severity: 'warning',
    });
  });

  it('names no listener where none is seen to be full, or two may be', () => {
    const some =
      'A listening socket is not accepting fast enough: 28 connection packets met a full accept queue';
    const plainly = {
      severity: 'warning',
      confidence: 'high',
      title: some,
      process: null,
    } as const;
    expectFinding(loop(statistics(before) + empty, statistics(after) + empty), 'CT-1', plainly);
    expectFinding(loop(statistics(before), statistics(after)), 'CT-1', plainly);
    const two = ss(
      'LISTEN 129 128 0.0.0.0:443 0.0.0.0:* users:(("web",pid=7,fd=3))',
      'LISTEN 9 8 0.0.0.0:444 0.0.0.0:* users:(("api",pid=8,fd=3))',
    );
    expectFinding(loop(statistics(before) + two, statistics(after) + two), 'CT-1', plainly);
  });

  it('is information of one moment, whatever the number', () => {
    const found = expectFinding(statistics({ TcpExtListenOverflows: 6350 }), 'CT-1', {
      severity: 'info',
      title: 'An accept queue has overflowed: 6,350 connection packets met a full one since boot',
    });
    assert.equal(found.evidence[0]?.line, 4);
    expectSilence(statistics({ TcpExtListenOverflows: 0 }), 'CT-1');
  });

  it('says nothing where the counter stands still', () => {
    expectHealthy(loop(statistics(after) + empty, statistics(after) + empty));
    expectSilence(loop(statistics(after), statistics(after)), 'CT-1');
  });

  it('is the sum since boot where a counter got smaller, whichever', () => {
    const since = /^An accept queue has overflowed: (?:10|38) connection packets/;
    const fell = { severity: 'info', title: since } as const;
    expectFinding(loop(statistics(after), statistics(before)), 'CT-1', fell);
    const [more, less] = [{ TcpActiveOpens: 4 }, { TcpActiveOpens: 3 }];
    expectFinding(
      loop(statistics({ ...before, ...more }), statistics({ ...after, ...less })),
      'CT-1',
      fell,
    );
  });

  it('takes the increments of nstat for no sums since boot', () => {
    assert.equal(find('#kernel\nTcpExtListenOverflows  28  0.0\n', 'CT-1'), undefined);
  });

  it('reads what grep cut out of netstat -s of the BSDs', () => {
    const lines = (overflows: number) =>
      `\t9102 data packets (12030123 bytes) retransmitted\n\t${overflows} listen queue overflow${overflows === 1 ? '' : 's'}\n\t12 dropped\n`;
    const at = (minute: number) => `Mon Nov 30 10:0${minute}:00 UTC 2026\n`;
    expectFinding(at(0) + lines(8123) + at(1) + lines(9923), 'CT-1', {
      severity: 'warning',
      title: /1,800 connection packets/,
    });
    expectFinding(lines(1), 'CT-1', { severity: 'info' });
    // Prose has numbers and queues as well.
    assert.equal(find('12 dropped\n40 queue overflows were seen\n', 'CT-1'), undefined);
  });

  it('goes by the options of nstat, also where it prints zeros', () => {
    const lines = '#kernel\nTcpExtListenOverflows  28  0.0\nTcpExtListenDrops  0  0.0\n';
    for (const [command, isSum] of [
      ['nstat', false],
      ['nstat -z', false],
      ['nstat -s', false],
      ['nstat -az', true],
      ['nstat -rz', true],
      ['nstat --ignore -z', true],
    ] as const) {
      assert.equal(find(`$ ${command}\n${lines}`, 'CT-1') !== undefined, isSum, command);
    }
    expectFinding(lines, 'CT-1', {});
  });
});
