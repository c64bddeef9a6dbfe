import assert from 'node:assert/strict';
import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
} from '../../scene';

const client = (i: number): string =>
  row('CLOSE_WAIT', '192.0.2.1:31080', `198.51.100.${i % 5}:${50_000 + i}`, { owner: '28/proxyd' });
const backend = (i: number, owner = '28/proxyd'): string =>
  row('FIN_WAIT2', `192.0.2.1:${40_000 + i}`, `203.0.113.${i % 2}:8080`, { owner });
const open = row('ESTABLISHED', '192.0.2.1:31080', '198.51.100.9:50000', { owner: '28/proxyd' });

/** A proxy with so many connections of each kind. */
function proxy(clients: number, backends: number): string {
  return netstat(open, ...many(clients, client), ...many(backends, i => backend(i)));
}

describe('PAIR-4', () => {
  it('is one finding for both halves, and names the servers that do not close', () => {
    const text = proxy(24, 24);
    const found = expectFinding(text, 'PAIR-4', {
      code: 'PAIR-4',
      severity: 'warning',
      confidence: 'medium',
      pid: 28,
      rows: 48,
      title: 'proxyd (28) most likely holds half-closed pairs: 24 in CLOSE_WAIT, 24 in FIN_WAIT_2',
    });
    assert.ok(
      found.evidence.some(
        ({ text: said }) => plain(said) === 'FIN_WAIT_2 to 203.0.113.0:8080: 12.',
      ),
    );
    assert.equal(analysed(text).findings.length, 1);
    assert.doesNotMatch(JSON.stringify(found), /leaks/);
  });

  it('asks the clients where their side is half-closed, and counts those it does not name', () => {
    const listen = row('LISTEN', '0.0.0.0:31080', '0.0.0.0:*', { owner: '28/proxyd' });
    const front = (i: number): string =>
      row('FIN_WAIT2', '192.0.2.1:31080', `198.51.100.${i}:${50_000 + i}`, { owner: '28/proxyd' });
    const back = (i: number): string =>
      row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '203.0.113.1:8443', { owner: '28/proxyd' });
    const found = expectFinding(netstat(listen, ...many(24, front), ...many(24, back)), 'PAIR-4', {
      code: 'PAIR-4',
      severity: 'warning',
    });
    const remedy = found.remedy.map(plain).join(' ');
    assert.match(remedy, /Clients: look why they do not close/);
    assert.doesNotMatch(remedy, /Server behind it/);
    assert.deepEqual(
      found.evidence.slice(0, 2).map(({ text: said }) => plain(said)),
      ['FIN_WAIT_2 to 198.51.100.0:50000: 1.', 'FIN_WAIT_2 to 23 other addresses: 23.'],
    );
    // The usual direction: the clients have closed, and the servers behind have not.
    const usual = expectFinding(
      netstat(listen, ...many(24, client), ...many(24, i => backend(i))),
      'PAIR-4',
    );
    assert.match(usual.remedy.map(plain).join(' '), /Server behind it/);
    assert.doesNotMatch(usual.remedy.map(plain).join(' '), /Clients:/);
  });

  it('is graver for many, and for what stays', () => {
    expectFinding(proxy(50, 50), 'PAIR-4', { code: 'PAIR-4', severity: 'error' });
    const few = proxy(6, 6);
    expectFinding(few, 'PAIR-4', {
      severity: 'info',
      confidence: 'low',
      title: /^proxyd \(28\) may hold half-closed pairs/,
    });
    expectHealthy(few);
    expectHealthy(loop(few, few));
    expectFinding(loop(few, few, few), 'PAIR-4', { code: 'PAIR-4', severity: 'warning' });
  });

  it('needs like numbers of one program', () => {
    expectSilence(proxy(24, 11), 'PAIR-4');
    expectFinding(proxy(24, 11), 'CW-1', { code: 'CW-1', severity: 'warning' });
    expectSilence(proxy(4, 4), 'PAIR-4');
    const two = netstat(...many(24, client), ...many(24, i => backend(i, '29/other')));
    expectSilence(two, 'PAIR-4');
  });

  it('is not about a program that is connected to itself', () => {
    const self = netstat(
      ...many(12, i =>
        row('CLOSE_WAIT', '127.0.0.1:80', `127.0.0.1:${40_000 + i}`, { owner: '7/x' }),
      ),
      ...many(12, i =>
        row('FIN_WAIT2', `127.0.0.1:${40_000 + i}`, '127.0.0.1:80', { owner: '7/x' }),
      ),
    );
    expectSilence(self, 'PAIR-4');
  });

  describe('of a proxy in front of a program of this host', () => {
    const listen = row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { owner: '33/docker-proxy' });
    const back = (i: number): string =>
      row('CLOSE_WAIT', `172.17.0.1:${30_000 + i}`, '172.17.0.4:8080', {
        owner: '33/docker-proxy',
      });
    const front = (i: number): string =>
      row('FIN_WAIT2', '127.0.0.1:8080', `127.0.0.1:${50_000 + i}`, { owner: '33/docker-proxy' });
    const program = (i: number, state = 'CLOSE_WAIT'): string =>
      row(state, `127.0.0.1:${50_000 + i}`, '127.0.0.1:8080', { owner: '41/python3' });
    const proxied = (...own: readonly string[]): string =>
      netstat(listen, ...many(70, back), ...many(70, front), ...own);

    it('is an effect of the program that does not close its ends', () => {
      const text = proxied(...many(70, i => program(i)));
      const found = expectFinding(text, 'PAIR-4', {
        code: 'CW-1',
        severity: 'error',
        pid: 41,
        rows: 210,
      });
      assert.match(plain(found.title), /^python3 \(41\) most likely leaks connections: 70 in/);
      assert.equal(analysed(text).findings.length, 1);
    });

    it('stands on its own where few of the other ends are in CLOSE_WAIT', () => {
      const own = [...many(20, i => program(i)), ...many(50, i => program(20 + i, 'ESTABLISHED'))];
      expectFinding(proxied(...own), 'PAIR-4', { code: 'PAIR-4', severity: 'error', pid: 33 });
    });
  });

  it('warns of few that another host lists half-closed much later', () => {
    const hosts = (clock: string | null, state = 'CLOSE_WAIT'): string => {
      const to = '203.0.113.9:8080';
      const web = netstat(
        open,
        ...many(6, client),
        ...many(6, i => row('FIN_WAIT2', `192.0.2.1:${40_000 + i}`, to, { owner: '28/proxyd' })),
      );
      const app = netstat(
        row('LISTEN', '0.0.0.0:8080', '0.0.0.0:*', { owner: '7/app' }),
        ...many(6, i => row(state, to, `192.0.2.1:${40_000 + i}`, { owner: '7/app' })),
      );
      const date = (time: string | null): string =>
        time === null ? '' : `Mon Jan  5 ${time} UTC 2026\n`;
      return `[root@web ~]# date; netstat -antpo\n${date(clock && '10:00:00')}${web}\n[root@app ~]# date; netstat -antpo\n${date(clock)}${app}`;
    };
    for (const clock of ['10:05:00', '09:55:00']) {
      const found = expectFinding(hosts(clock), 'PAIR-4', { severity: 'warning', pid: 28 });
      assert.ok(
        found.evidence.some(({ text }) =>
          plain(text).includes(
            'CLOSE_WAIT on other hosts of this dump: 6. Both ends were listed 5 min apart',
          ),
        ),
      );
    }
    // A server may be making its answers meanwhile; and what it does not list tells nothing.
    for (const text of [hosts('10:00:20'), hosts(null), hosts('10:05:00', 'ESTABLISHED')]) {
      expectFinding(text, 'PAIR-4', { severity: 'info' });
    }
  });
});
