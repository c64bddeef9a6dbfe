import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import { everythingSaid, expectFinding, expectSilence, netstat, row } from '../../scene';

const NGINX =
  '2026/11/03 03:01:12 [error] 902#902: *88122 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.4, server: _, request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:3000/"';
const listening = (...locals: readonly string[]): string =>
  netstat(
    row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '902/nginx' }),
    row('ESTABLISHED', '192.0.2.1:443', '203.0.113.4:50000', { owner: '902/nginx' }),
    ...locals.map(local => row('LISTEN', local, '0.0.0.0:*', { owner: '77/node' })),
  );

describe('SS-4', () => {
  it('tells that nothing listens where connections were refused', () => {
    const found = expectFinding(`${NGINX}\n${listening()}`, 'SS-4', {
      severity: 'warning',
      title: 'Connections to 127.0.0.1:3000 were refused: nothing is listening there',
    });
    assert.equal(found.evidence[0]!.line, 0);
    const long = NGINX.replace('GET /', `GET /${'x'.repeat(900)}`);
    expectFinding(`${long}\n${listening()}`, 'SS-4', { title: /127\.0\.0\.1:3000/ });
  });

  it('knows how programs spell it', () => {
    for (const [line, remote] of [
      ['Error: connect ECONNREFUSED 127.0.0.1:3000', '127.0.0.1:3000'],
      ['    Error: connect ECONNREFUSED ::1:3000', '[::1]:3000'],
      [
        '2026/11/03 03:00:12 dial tcp 127.0.0.1:3000: connect: connection refused',
        '127.0.0.1:3000',
      ],
      [
        'Get "http://localhost:3000/": dial tcp [::1]:3000: connect: connection refused',
        '[::1]:3000',
      ],
      [
        'dial tcp 127.0.0.1:3000: connectex: No connection could be made because the target machine actively refused it.',
        '127.0.0.1:3000',
      ],
      [
        'Caused by: io.netty.channel.AbstractChannel$AnnotatedConnectException: Connection refused: localhost/127.0.0.1:3000',
        '127.0.0.1:3000',
      ],
      [
        'org.postgresql.util.PSQLException: Connection to localhost:5432 refused. Check that the hostname and port are correct.',
        'localhost:5432',
      ],
      [
        'psql: error: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
        '127.0.0.1:5432',
      ],
      [
        'curl: (7) Failed to connect to localhost port 3000 after 0 ms: Connection refused',
        'localhost:3000',
      ],
      ['Could not connect to Redis at 127.0.0.1:6379: Connection refused', '127.0.0.1:6379'],
      [
        '[Tue Nov 03 03:00:12.123 2026] [proxy:error] [pid 5] (111)Connection refused: AH00957: HTTP: attempt to connect to 192.0.2.1:8081 (192.0.2.1) failed',
        '192.0.2.1:8081',
      ],
    ] as const) {
      expectFinding(`${line}\n${listening()}`, 'SS-4', {
        title: `Connections to ${remote} were refused: nothing is listening there`,
      });
    }
  });

  it('shows what listens on the port on another address', () => {
    const node = 'Error: connect ECONNREFUSED ::1:3000';
    const found = expectFinding(`${node}\n${listening('127.0.0.1:3000')}`, 'SS-4', { rows: 1 });
    assert.ok(everythingSaid(found).some(said => said.startsWith('127.0.0.1:3000')));
  });

  it('does not send for a program that is listening, or was connected to', () => {
    const said = (text: string): string =>
      everythingSaid(expectFinding(text, 'SS-4', { severity: 'warning' })).join('\n');
    assert.match(said(`${NGINX}\n${listening()}`), /Start the program/);
    const other = said(`${NGINX}\n${listening('192.0.2.1:3000')}`);
    assert.match(other, /Connect to the address that it is listening on/);
    assert.doesNotMatch(other, /Start the program/);
    const open = row('ESTABLISHED', '127.0.0.1:45000', '127.0.0.1:3000', { owner: '902/nginx' });
    expectSilence(`${NGINX}\n${listening().trimEnd()}\n${open}\n`, 'SS-4');
  });

  it('only informs where the listing has nothing of that version of IP', () => {
    const line = 'Error: connect ECONNREFUSED ::1:3000';
    const found = expectFinding(`${line}\n${listening()}`, 'SS-4', { severity: 'info' });
    assert.ok(found.caveats.some(text => plain(text).includes('listening over IPv6')));
    expectFinding(`${line}\n${listening('::1:9000')}`, 'SS-4', { severity: 'warning' });
  });

  it('is silent where it listens now, or the address is of another host', () => {
    for (const local of ['127.0.0.1:3000', '0.0.0.0:3000', ':::3000']) {
      expectSilence(`${NGINX}\n${listening(local)}`, 'SS-4');
    }
    expectSilence(`${NGINX.replace('127.0.0.1', '198.51.100.7')}\n${listening()}`, 'SS-4');
    expectSilence(
      `curl: (7) Failed to connect to localhost port 3000: Connection refused\n${listening('::1:3000')}`,
      'SS-4',
    );
    expectSilence(`ssh: connect to host web2 port 22: Connection refused\n${listening()}`, 'SS-4');
  });

  it('is silent where what listens may be missing', () => {
    const filtered = `$ netstat -antop | grep -v 9000\n${listening()}`;
    expectSilence(`${NGINX}\n${filtered}`, 'SS-4');
    const connected = netstat(row('ESTABLISHED', '192.0.2.1:443', '203.0.113.4:50000'));
    expectSilence(`${NGINX}\n${connected}`, 'SS-4');
    // Names of services.
    expectSilence(`${NGINX.replace(':3000', ':80')}\n${listening('0.0.0.0:http')}`, 'SS-4');
    const lsof = [
      'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME',
      'nginx 902 me 5u IPv4 12345 0t0 TCP *:443 (LISTEN)',
    ].join('\n');
    expectSilence(`$ lsof -nP -iTCP\n${lsof}\n\n${NGINX}\n`, 'SS-4');
  });

  it('is silent where it is of another day, or a later listing shows the port', () => {
    expectSilence(`${NGINX}\nMon Jan  5 10:00:00 UTC 2026\n${listening()}`, 'SS-4');
    const times = [listening(), listening('127.0.0.1:3000')].map(
      (text, i) => `Tue Nov  3 03:0${i + 2}:00 UTC 2026\n${text}`,
    );
    expectSilence(`${NGINX}\n${times.join('\n')}`, 'SS-4');
  });
});
