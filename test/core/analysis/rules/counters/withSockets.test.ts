import { readFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import {
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  ss,
  statistics,
} from '../../scene';

const CAPTURES = path.join(import.meta.dirname, '../../../statistics/captures');

const none = statistics({ TcpExtTCPSynRetrans: 0 });

describe('counters and the sockets of the same moment', () => {
  describe('CT-10 counter-connects-silent', () => {
    const again = statistics({ TcpExtTCPSynRetrans: 6, TcpRetransSegs: 6 });
    const connecting = (count: number, repeats: number, remote = '198.51.100.7'): string =>
      netstat(
        ...many(count, i =>
          row('SYN_SENT', `192.0.2.1:${40_000 + i}`, `${remote}:443`, {
            sendQ: 1,
            owner: '7/app',
            timer: `on (1.00/${repeats}/0)`,
          }),
        ),
      );

    it('names the silent remote, and joins what its sockets say', () => {
      const rows = connecting(2, 2);
      const found = expectFinding(loop(none + rows, again + rows), 'CT-10', {
        severity: 'error',
        confidence: 'high',
        title: '198.51.100.7 is not answering; SYNs sent again: 6',
        rows: 2,
      });
      assert.deepEqual([found.code, found.remote], ['CT-10', '198.51.100.7']);
      assert.ok(found.merged.some(({ code }) => code === 'SS-1'));
    });

    it('hedges after one repetition', () => {
      expectFinding(loop(none + connecting(2, 0), again + connecting(2, 1)), 'CT-10', {
        severity: 'warning',
        title: /^198\.51\.100\.7 is most likely not answering/,
      });
    });

    it('says nothing of one socket, of those that have just begun, or of many remotes', () => {
      for (const rows of [
        connecting(1, 1),
        connecting(2, 0),
        netstat(
          ...many(3, i =>
            row('SYN_SENT', `192.0.2.1:${40_000 + i}`, `198.51.100.${i}:443`, {
              timer: 'on (1.00/1/0)',
            }),
          ),
        ),
      ]) {
        const text = loop(none, again + rows);
        expectSilence(text, 'CT-10');
        expectHealthy(text);
      }
    });

    it('takes what does not leave the host for a neighbor that is not resolved', () => {
      const waiting = statistics({ TcpExtTCPTimeouts: 6, TcpExtTCPSpuriousRtxHostQueues: 6 });
      const found = expectFinding(loop(none, waiting + connecting(1, 2)), 'CT-10', {
        severity: 'warning',
        title:
          'SYNs to 198.51.100.7 do not leave this host: most likely its address on the link is not resolved',
      });
      assert.ok(found.confirm.some(({ command }) => command === 'ip neigh'));
    });

    it('absorbs failed attempts, which are no second warning', () => {
      const rows = connecting(3, 3);
      const failed = statistics({
        TcpExtTCPSynRetrans: 60,
        TcpActiveOpens: 40,
        TcpAttemptFails: 30,
      });
      expectFinding(loop(none + rows, failed + rows), 'CT-9', { severity: 'info' });
    });
  });

  it('CT-12 shows the connections that are near their end', () => {
    const gone = netstat(
      row('ESTABLISHED', '192.0.2.1:5432', '198.51.100.7:41000', {
        sendQ: 40,
        timer: 'on (50.00/9/0)',
      }),
      row('ESTABLISHED', '192.0.2.1:5432', '198.51.100.7:41001', {
        timer: 'keepalive (20.00/0/3)',
      }),
      row('ESTABLISHED', '192.0.2.1:5432', '198.51.100.8:41002', { timer: 'on (0.20/1/0)' }),
    );
    const found = expectFinding(
      loop(none + gone, statistics({ TcpExtTCPAbortOnTimeout: 2 }) + gone),
      'CT-12',
      { title: 'Peers most likely vanished without a word; connections that were given up: 2' },
    );
    assert.equal(found.remote, '198.51.100.7:41000');
    assert.ok(
      found.evidence.some(({ text }) => text.id.startsWith('Others that have had no answer')),
    );
  });

  describe('CT-13 counter-resets', () => {
    const before = statistics({ TcpOutRsts: 0, TcpExtTCPAbortOnClose: 1 });
    const after = statistics({ TcpOutRsts: 3, TcpEstabResets: 6, TcpExtTCPAbortOnClose: 1 });
    const listening = (...ports: readonly number[]): string =>
      netstat(...ports.map(port => row('LISTEN', `0.0.0.0:${port}`, '0.0.0.0:*')));

    it('names the port of a listener that was closed', () => {
      expectFinding(loop(before + listening(22, 7001), after + listening(22)), 'CT-13', {
        severity: 'info',
        confidence: 'medium',
        title: 'Closing the listener on port 7001 most likely reset connections; resets sent: 3',
      });
    });

    it('names none where it still listens, or several were closed', () => {
      const unknown = { title: /^This host sent resets that no other/, severity: 'info' } as const;
      const both = listening(22, 7001);
      expectFinding(loop(before + both, after + both), 'CT-13', unknown);
      expectFinding(loop(before + listening(1, 2, 3), after + listening(3)), 'CT-13', unknown);
    });
  });

  describe('CT-14 counter-short-connections', () => {
    const closed = (count: number): string =>
      netstat(...many(count, i => row('TIME_WAIT', `192.0.2.1:${40_000 + i}`, '198.51.100.7:80')));
    const tw = (count: number, more = 0): string =>
      statistics({ TcpExtTW: count, TcpExtTCPTimeWaitOverflow: more });

    it('gives the rate where as many are in TIME_WAIT', () => {
      const found = expectFinding(loop(tw(7) + closed(60), tw(37) + closed(60)), 'CT-14', {
        severity: 'info',
        title: 'This host closes connections first, about 1 per second: 60 in TIME_WAIT fit that',
      });
      assert.equal(found.rows.length, 60);
    });

    it('says nothing of a burst, of few, or where TIME_WAIT was refused', () => {
      expectSilence(loop(tw(7) + closed(60), tw(60) + closed(60)), 'CT-14');
      expectSilence(loop(tw(7) + closed(10), tw(12) + closed(10)), 'CT-14');
      expectSilence(loop(tw(7) + closed(60), tw(37, 5) + closed(60)), 'CT-14');
    });
  });

  describe('CT-15 counter-windows-closed', () => {
    const unread = (recvQ: number, ...more: readonly string[]): string =>
      netstat(
        row('ESTABLISHED', '192.0.2.1:80', '198.51.100.7:41000', { recvQ, owner: '7/web' }),
        ...more,
      );
    const closing = statistics({ TcpExtTCPToZeroWindowAdv: 1 });

    it('names the one program with much to read', () => {
      expectFinding(loop(none + unread(0), closing + unread(90_000)), 'CT-15', {
        severity: 'warning',
        confidence: 'high',
        process: 'web',
        title: /^web \(7\) is not reading fast enough: its receive window is closed/,
      });
    });

    it('names none where several may be it, or the window was opened again', () => {
      const other = row('ESTABLISHED', '192.0.2.1:81', '198.51.100.7:41001', {
        recvQ: 5000,
        owner: '8/api',
      });
      expectFinding(loop(none + unread(0), closing + unread(9000, other)), 'CT-15', {
        severity: 'info',
        process: null,
      });
      const opened = statistics({ TcpExtTCPToZeroWindowAdv: 1, TcpExtTCPFromZeroWindowAdv: 1 });
      expectSilence(loop(none + unread(0), opened + unread(200)), 'CT-15');
      expectHealthy(loop(none + unread(0), opened + unread(200)));
    });

    const probing = (timer: string): string =>
      ss(
        `ESTAB 0 33625 192.0.2.1:40000 198.51.100.7:80 users:(("app",pid=7,fd=3)) timer:(${timer})`,
      );

    it('names the peer whose window is probed', () => {
      const found = expectFinding(
        loop(none, statistics({ TcpExtTCPWinProbe: 4 }) + probing('persist,6.2sec,0')),
        'CT-15',
        {
          severity: 'warning',
          title: 'Data sent to 198.51.100.7:80 is not being read; probes of closed windows: 4',
          rows: 1,
        },
      );
      assert.equal(found.remote, '198.51.100.7:80');
      assert.ok([found.code, ...found.merged.map(({ code }) => code)].includes('SQ-1'));
    });

    it('is information of one probe of a window that was closed for a moment', () => {
      const text = loop(none, statistics({ TcpExtTCPWinProbe: 1 }) + probing('persist,200ms,0'));
      expectFinding(text, 'CT-15', { severity: 'info' });
      expectHealthy(text);
    });
  });

  describe('CT-16 counter-descriptors', () => {
    const gauges = (used: number, alloc: number, inuse = 6): string =>
      [
        `sockets: used ${used}`,
        `TCP: inuse ${inuse} orphan 0 tw 6 alloc ${alloc} mem 0`,
        'TCP6: inuse 0',
        '',
      ].join('\n');

    it('finds those of the staged scene, in either tool', () => {
      for (const tool of [['ss-s.txt'], ['sockstat.txt', 'sockstat6.txt']]) {
        const text = tool
          .map(name =>
            readFileSync(
              path.join(CAPTURES, '13-descriptors-without-connection/after', name),
              'utf8',
            ),
          )
          .join('');
        const { confirm } = expectFinding(text, 'CT-16', {
          severity: 'info',
          confidence: 'high',
          title: '43 TCP sockets of the machine are neither connected nor listening',
        });
        // What lsof prints of them, and what old versions print.
        assert.match(confirm[0]?.command ?? '', /protocol: TCP\|identify protocol/);
        expectHealthy(text);
      }
    });

    it('is a weak warning where those of this namespace grow as well', () => {
      const found = expectFinding(loop(gauges(50, 49), gauges(250, 249)), 'CT-16', {
        severity: 'warning',
        confidence: 'low',
        title: 'A program may leak descriptors: 200 more TCP sockets without a connection',
      });
      assert.ok(found.caveats.some(({ id }) => id.startsWith('The count is of the whole machine')));
    });

    it('accuses nobody of sockets of other namespaces, and is silent about few', () => {
      const containers = loop(gauges(50, 49), gauges(55, 249));
      expectFinding(containers, 'CT-16', { severity: 'info' });
      expectHealthy(containers);
      for (const elsewhere of [
        gauges(20, 300),
        'Total: 22\nTCP:   614 (estab 21, closed 592, orphaned 0, timewait 0)\n\n' +
          'Transport Total     IP        IPv6\nTCP\t  22        22        0\nINET\t  22        22        0\n',
      ]) {
        expectSilence(elsewhere, 'CT-16');
      }
      expectSilence(gauges(500, 500, 480), 'CT-16');
      expectSilence(gauges(30, 20), 'CT-16');
    });
  });

  describe('CT-17 counter-list-mismatch', () => {
    const rows = (count: number): readonly string[] =>
      many(count, i => row('ESTABLISHED', '192.0.2.1:80', `198.51.100.7:${40_000 + i}`));
    const counted = statistics({ TcpCurrEstab: 100 });

    it('says that a list is of something else', () => {
      expectFinding(counted + netstat(...rows(40)), 'CT-17', {
        severity: 'info',
        title: 'Counters and sockets do not agree on connections: 100 counted, 40 listed',
      });
    });

    it('says nothing where CLOSE_WAIT makes it fit, or rows were left out', () => {
      const waiting = many(15, i =>
        row('CLOSE_WAIT', '192.0.2.1:80', `198.51.100.8:${50_000 + i}`),
      );
      expectSilence(counted + netstat(...rows(85), ...waiting), 'CT-17');
      expectSilence(counted + netstat(...rows(85)), 'CT-17');
      expectSilence(counted + netstat(row('LISTEN', '0.0.0.0:80', '0.0.0.0:*')), 'CT-17');
      expectSilence(`${counted}$ netstat -ant | grep :80\n${rows(40).join('\n')}\n`, 'CT-17');
    });
  });

  it('CT-2 and CT-8 read what BSD counts', () => {
    const bsd = (again: number, overflow: number): string =>
      [
        'tcp:',
        `\t\t${again * 20} data packets (5000 bytes)`,
        `\t\t${again} data packet${again === 1 ? '' : 's'} (500 bytes) retransmitted`,
        '\t2 syncache entries added',
        `\t\t${overflow} bucket overflow`,
        '',
      ].join('\n');
    const text = bsd(1, 0) + bsd(201, 40);
    expectFinding(text, 'CT-2', {
      severity: 'warning',
      title: 'The SYN cache is full; half-open connections dropped: 40',
    });
    const found = expectFinding(text, 'CT-8', {
      severity: 'warning',
      title: 'Segments are most likely lost on the path: 5% were sent again',
    });
    assert.deepEqual(
      found.confirm.map(({ command }) => command),
      ['netstat -s'],
    );
    expectHealthy(bsd(1, 40) + bsd(1, 40));
  });
});
