import assert from 'node:assert/strict';

import { expectFinding, expectSilence, netstat, row, ss, windows } from '../../scene';

const LOG =
  'Nov 03 03:00:12 web1 nginx[4121]: nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)';
const listening = (local: string, owner: string): string =>
  netstat(
    row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '8/sshd' }),
    row('LISTEN', local, '0.0.0.0:*', { owner }),
  );

describe('BND-2', () => {
  it('names who has the port that a program could not bind', () => {
    const found = expectFinding(`${LOG}\n${listening('0.0.0.0:80', '900/apache2')}`, 'BND-2', {
      severity: 'warning',
      title: 'nginx (4121) could not bind port 80: apache2 (900) has it',
      pid: 900,
    });
    assert.equal(found.evidence[0]!.line, 0);
    // A socket that workers have inherited is one.
    const shared = ss(
      'LISTEN 0 511 *:80 *:* users:(("apache2",pid=902,fd=4),("apache2",pid=900,fd=4))',
    );
    expectFinding(`${LOG}\n${shared}`, 'BND-2', { severity: 'warning', title: /: apache2 \(/ });
  });

  it('knows what is in the way: the same address, or all', () => {
    const at = (address: string): string => LOG.replace('0.0.0.0:80', address);
    for (const [wanted, had] of [
      ['127.0.0.1:80', '0.0.0.0:80'],
      ['127.0.0.1:80', ':::80'],
      ['[::]:80', '0.0.0.0:80'],
      ['[::1]:80', '::1:80'],
      ['0.0.0.0:80', '192.0.2.1:80'],
    ] as const) {
      expectFinding(`${at(wanted)}\n${listening(had, '900/apache2')}`, 'BND-2', {
        severity: 'warning',
      });
    }
    for (const [wanted, had] of [
      ['127.0.0.1:80', '192.0.2.1:80'],
      ['[::1]:80', '0.0.0.0:80'],
      ['0.0.0.0:80', '0.0.0.0:8080'],
    ] as const) {
      expectSilence(`${at(wanted)}\n${listening(had, '900/apache2')}`, 'BND-2');
    }
  });

  it('knows how programs spell it, and does not warn where they do not say who they are', () => {
    for (const line of [
      'Error: listen EADDRINUSE: address already in use :::8080',
      'Error: listen EADDRINUSE: address already in use 127.0.0.1:8080',
      'listen tcp :8080: bind: address already in use',
      '2026/11/03 03:00:12 listen tcp 0.0.0.0:8080: bind: address already in use',
      'panic: listen tcp :8080: bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.',
      "ERROR:    [Errno 98] error while attempting to bind on address ('0.0.0.0', 8080): address already in use",
      "OSError: [Errno 48] error while attempting to bind on address ('::1', 8080, 0, 0): address already in use",
      'java.net.BindException: Address already in use: JVM_Bind <null>:8080',
      'Web server failed to start. Port 8080 was already in use.',
      'System.IO.IOException: Failed to bind to address http://127.0.0.1:8080: address already in use.',
      '(98)Address already in use: AH00072: make_sock: could not bind to address [::]:8080',
      '[ALERT] (12) : Starting frontend web: cannot bind socket (Address already in use) [0.0.0.0:8080]',
    ]) {
      expectFinding(`${line}\n${listening(':::8080', '77/shop')}`, 'BND-2', {
        severity: 'info',
        title: /could not bind port 8080: shop \(77\) has it$/,
      });
    }
    expectFinding(
      `sshd[5]: error: Bind to port 8080 on 0.0.0.0 failed: Address already in use.\n${listening('0.0.0.0:8080', '77/shop')}`,
      'BND-2',
      { severity: 'warning', title: 'sshd (5) could not bind port 8080: shop (77) has it' },
    );
    const iis = windows('LISTENING 0.0.0.0:8080 0.0.0.0:0 4', 'LISTENING 0.0.0.0:135 0.0.0.0:0 9');
    expectFinding(
      `Caused by: java.net.BindException: Address already in use: bind, /0.0.0.0:8080\r\n${iis}`,
      'BND-2',
      { severity: 'info', pid: 4 },
    );
  });

  it('is of UDP where the message is', () => {
    const dns = netstat(
      row('LISTEN', '0.0.0.0:53', '0.0.0.0:*', { owner: '1/other' }),
      row('', '0.0.0.0:53', '0.0.0.0:*', { owner: '5/dnsmasq', protocol: 'udp' }),
    );
    expectFinding(`coredns[9]: listen udp :53: bind: address already in use\n${dns}`, 'BND-2', {
      title: 'coredns (9) could not bind port 53: dnsmasq (5) has it',
    });
    const { confirm } = expectFinding(
      `coredns[9]: listen udp :53: bind: address already in use\n${dns}`,
      'BND-2',
    );
    assert.equal(confirm[0]?.command, "ss -uanp 'sport = :53'");
    // The message of TCP is another one.
    const tcp = 'coredns[9]: listen tcp :53: bind: address already in use';
    const free = dns.split('\n').filter(text => !text.includes('1/other'));
    expectFinding(`${tcp}\n${tcp.replace('tcp', 'udp')}\n${free.join('\n')}`, 'BND-2', {
      title: 'coredns (9) could not bind port 53: dnsmasq (5) has it',
    });
  });

  it('is silent where the program has the port itself, nothing has it, or the message is old', () => {
    expectSilence(`${LOG}\n${listening('0.0.0.0:80', '4121/nginx')}`, 'BND-2');
    expectSilence(`${LOG}\n${listening('0.0.0.0:80', '5000/nginx: master')}`, 'BND-2');
    expectSilence(`${LOG}\n${listening('0.0.0.0:443', '900/apache2')}`, 'BND-2');
    const today = `Mon Jan  5 10:00:00 UTC 2026\n${listening('0.0.0.0:80', '900/apache2')}`;
    expectSilence(`${LOG}\n${today}`, 'BND-2');
    expectFinding(`${LOG.replace('Nov 03', 'Jan  5')}\n${today}`, 'BND-2');
    expectSilence(`Is it (98: Address already in use) on 0.0.0.0:80?\n${today}`, 'BND-2');
    // Of a connect() on Windows it means that ports ran out.
    expectSilence(
      `app: connect to 192.0.2.9:80 failed: Only one usage of each socket address\n${listening('0.0.0.0:80', '900/apache2')}`,
      'BND-2',
    );
  });

  it('does not warn where it is not known who listens', () => {
    expectFinding(`${LOG}\n${listening('0.0.0.0:80', '-')}`, 'BND-2', {
      severity: 'info',
      title: 'nginx (4121) could not bind port 80: the program listening on port 80 has it',
    });
  });
});
