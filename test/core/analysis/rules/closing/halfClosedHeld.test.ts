import assert from 'node:assert/strict';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  scene,
  ss,
  windows,
} from '../../scene';

const half = (timer: string, owner = '9/node'): string =>
  netstat(row('FIN_WAIT2', '192.0.2.1:45000', '198.51.100.7:443', { owner, timer }));

describe('F2-2', () => {
  it('warns of what is held for a minute', () => {
    const off = half('off (0.00/0/0)');
    expectFinding(off, 'F2-2', {
      severity: 'info',
      confidence: 'low',
      pid: 9,
      title: 'node (9) has called shutdown() on 1 connection and still holds it (FIN_WAIT_2)',
    });
    expectFinding(loop(off, off), 'F2-2', { severity: 'info' });
    const found = expectFinding(loop(off, off, off), 'F2-2', {
      severity: 'warning',
      title: 'node (9) has held 1 connection in FIN_WAIT_2 after shutdown(), in 3 snapshots',
    });
    assert.match(JSON.stringify(found.why), /tcp_fin_timeout.* does not apply/);
  });

  it('warns of many, also in a listing that was cut and has no timers', () => {
    const cut = (count: number): string =>
      `$ sudo netstat -tnp | grep FIN_WAIT2\n${many(
        count,
        i => `tcp 0 0 192.0.2.1:${45_000 + i} 198.51.100.7:48001 FIN_WAIT2 9/tunneld`,
      ).join('\n')}\n`;
    expectFinding(cut(20), 'F2-2', {
      severity: 'warning',
      title: 'tunneld (9) has called shutdown() on 20 connections, but not close() (FIN_WAIT_2)',
    });
    expectHealthy(cut(19));
  });

  it('does not accuse rsync after seconds (TRUTH D, m2)', () => {
    expectFinding(scene('rsync-half-closed.txt'), 'F2-2', { severity: 'info' });
    expectHealthy(scene('rsync-half-closed.txt'));
  });

  it('does not take the PID that Windows prints for a process that holds', () => {
    expectSilence(
      windows(...many(30, i => `FIN_WAIT_2 192.0.2.1:${50_000 + i} 198.51.100.1:443 77`)),
      'F2-2',
    );
  });

  it('counts keepalive, too', () => {
    const kept = half('keepalive (7000.00/0/0)');
    expectFinding(loop(kept, kept, kept), 'F2-2', { severity: 'warning' });
  });

  describe('whose peers still send', () => {
    const fetching = (details: (i: number) => string): string =>
      ss(
        ...many(
          40,
          i =>
            `FIN-WAIT-2 0 0 192.0.2.1:${47_000 + i} 198.51.100.7:9418 users:(("git",pid=12,fd=${3 + i}))\n\t ${details(i)}`,
        ),
      );
    const told = (received: number, ago: number): string =>
      `bytes_acked:6 bytes_received:${received} lastsnd:90000 lastrcv:${ago} lastack:${ago}`;

    it('says nothing while data comes', () => {
      expectSilence(
        fetching(i => told(195_000, 10 + i)),
        'F2-2',
      );
      expectSilence(
        loop(...many(3, n => fetching(() => told(1000 * (n + 1), n === 0 ? 100 : 5000)))),
        'F2-2',
      );
      expectFinding(loop(...many(3, n => fetching(() => told(1000, 5000 + 30_000 * n)))), 'F2-2', {
        severity: 'warning',
      });
    });

    const within = (sendQ: number, half: string, mine = 'CLOSE_WAIT'): string =>
      netstat(
        row('LISTEN', '127.0.0.1:6379', '0.0.0.0:*', { owner: '7525/redis-server' }),
        ...many(70, i =>
          row('FIN_WAIT2', '127.0.0.1:6379', `127.0.0.1:${50_000 + i}`, { owner: half }),
        ),
        ...many(70, i =>
          row(mine, `127.0.0.1:${50_000 + i}`, '127.0.0.1:6379', {
            owner: '7721/sidekiq',
            sendQ,
          }),
        ),
      );

    it('knows it by Send-Q of the other end', () => {
      expectSilence(within(30_000, '7525/redis-server'), 'F2-2');
    });

    it('makes one finding of both ends of a leak', () => {
      const found = expectFinding(within(0, '7525/redis-server'), 'F2-2', {
        code: 'CW-1',
        severity: 'error',
        process: 'sidekiq',
      });
      assert.equal(found.rows.length, 140);
      const [one, ...others] = analysed(within(0, '7525/redis-server')).findings;
      assert.equal(one!.code, 'CW-1');
      assert.ok(others.every(({ severity }) => severity === 'info'));
      // Of ends that are not shown, who waits for them tells.
      expectFinding(within(0, '7525/redis-server', 'LAST_ACK'), 'F2-2', { severity: 'warning' });
    });

    it('leaves a leak on another host to that host', () => {
      const hosts = (sendQ: number): string =>
        ['web1', 'cli1']
          .map(host =>
            netstat(
              ...many(60, i =>
                host === 'web1'
                  ? row('CLOSE_WAIT', '10.1.0.1:80', `10.1.0.2:${34_000 + i}`, {
                      owner: '30/lighttpd',
                      sendQ: i < 55 ? sendQ : 0,
                    })
                  : row('FIN_WAIT2', `10.1.0.2:${34_000 + i}`, '10.1.0.1:80', {
                      owner: '31/fetch',
                    }),
              ),
            ).replace(/^/, `root@${host}:~# netstat -tunapo\n`),
          )
          .join('');
      expectHealthy(hosts(45_520));
      expectFinding(hosts(0), 'F2-2', { severity: 'info' });
      const found = expectFinding(hosts(0), 'CW-1');
      assert.notEqual(found.severity, 'info');
    });
  });

  it('leaves out orphans', () => {
    const orphan = half('timewait (30.00/0/0)', '-');
    expectSilence(loop(orphan, orphan), 'F2-2');
  });
});
