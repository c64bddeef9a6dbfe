import { expectHealthy, loop, many, netstat, row, ss, windows } from './scene';

const nginx = { owner: '811/nginx: worker p' };

const webServer = netstat(
  row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '640/sshd' }),
  row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '810/nginx: master' }),
  row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '810/nginx: master' }),
  row('LISTEN', '127.0.0.1:5432', '0.0.0.0:*', { owner: '700/postgres' }),
  row('LISTEN', '127.0.0.1:3000', '0.0.0.0:*', { owner: '900/node' }),
  ...many(60, i => row('ESTABLISHED', '192.0.2.1:443', `198.51.100.${i + 1}:${40_000 + i}`, nginx)),
  row('ESTABLISHED', '192.0.2.1:443', '198.51.100.200:40200', {
    ...nginx,
    sendQ: 214_328,
    timer: 'on (0.24/0/0)',
  }),
  row('ESTABLISHED', '192.0.2.1:443', '198.51.100.201:40201', { ...nginx, recvQ: 517 }),
  row('ESTABLISHED', '192.0.2.1:443', '198.51.100.202:40202', {
    ...nginx,
    sendQ: 40_000,
    timer: 'probe (0.20/0/1)',
  }),
  ...many(10, i =>
    [
      row('ESTABLISHED', `127.0.0.1:${50_000 + i}`, '127.0.0.1:3000', nginx),
      row('ESTABLISHED', '127.0.0.1:3000', `127.0.0.1:${50_000 + i}`, { owner: '900/node' }),
    ].join('\n'),
  ),
  ...many(1500, i =>
    row('TIME_WAIT', '192.0.2.1:443', `198.51.100.${(i % 250) + 1}:${20_000 + i}`, {
      timer: `timewait (${(i % 60) + 0.5}/0/0)`,
    }),
  ),
  ...many(300, i => row('TIME_WAIT', `127.0.0.1:${33_000 + i}`, '127.0.0.1:3000')),
  ...many(12, i =>
    row('SYN_RECV', '192.0.2.1:443', `203.0.113.${i + 1}:${40_000 + i}`, {
      timer: 'on (0.90/0/0)',
    }),
  ),
  row('SYN_RECV', '192.0.2.1:443', '203.0.113.99:6000', { timer: 'on (3.00/3/0)' }),
  ...many(5, i =>
    row('LAST_ACK', '192.0.2.1:443', `203.0.113.${i + 30}:${40_000 + i}`, {
      sendQ: 1,
      timer: `on (5.00/${i + 2}/0)`,
    }),
  ),
  ...many(40, i =>
    row('FIN_WAIT2', '192.0.2.1:443', `198.51.100.${i + 1}:${30_000 + i}`, {
      timer: 'timewait (33.00/0/0)',
    }),
  ),
  row('CLOSE_WAIT', '192.0.2.1:443', '198.51.100.77:40077', { ...nginx, recvQ: 1 }),
);

const laptop = ss(
  'LISTEN 0 4096 127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=600,fd=14))',
  'LISTEN 0 128 127.0.0.1:631 0.0.0.0:* users:(("cupsd",pid=900,fd=7))',
  'ESTAB 0 0 192.168.1.20:43210 198.51.100.4:443 users:(("firefox",pid=2200,fd=90)) timer:(keepalive,7min32sec,0)',
  'ESTAB 0 0 192.168.1.20:43212 198.51.100.4:443 users:(("firefox",pid=2200,fd=91))',
  'ESTAB 0 0 192.168.1.20:51000 203.0.113.80:22 users:(("ssh",pid=3100,fd=3)) timer:(keepalive,119min,0)',
  'CLOSE-WAIT 25 0 192.168.1.20:43300 198.51.100.9:443 users:(("slack",pid=2500,fd=33))',
  'CLOSE-WAIT 32 0 192.168.1.20:43302 198.51.100.9:443 users:(("slack",pid=2500,fd=34))',
  'SYN-SENT 0 1 192.168.1.20:43400 198.51.100.50:443 users:(("firefox",pid=2200,fd=95)) timer:(on,820ms,0)',
  'TIME-WAIT 0 0 192.168.1.20:43110 198.51.100.4:443 timer:(timewait,33sec,0)',
);

const desktop = windows(
  'LISTENING 0.0.0.0:135 0.0.0.0:0 1100',
  'LISTENING 0.0.0.0:445 0.0.0.0:0 4',
  'LISTENING 0.0.0.0:5040 0.0.0.0:0 7000',
  'LISTENING 192.168.1.30:139 0.0.0.0:0 4',
  'LISTENING [::]:135 [::]:0 1100',
  'LISTENING [::]:445 [::]:0 4',
  ...many(8, i => `LISTENING 0.0.0.0:${49_664 + i} 0.0.0.0:0 ${600 + i}`),
  ...many(
    40,
    i => `ESTABLISHED 192.168.1.30:${50_000 + i} 198.51.100.${i + 1}:443 ${9000 + (i % 3)}`,
  ),
  ...many(20, i => `TIME_WAIT 192.168.1.30:${51_000 + i} 198.51.100.${i + 1}:443 0`),
  'CLOSE_WAIT 192.168.1.30:52000 198.51.100.9:443 9100',
  'CLOSE_WAIT 192.168.1.30:52001 198.51.100.10:443 9100',
  'SYN_SENT 192.168.1.30:52002 198.51.100.11:443 9001',
);

describe('healthy dumps', () => {
  it('a busy web server', () => {
    expectHealthy(webServer);
  });

  it('a laptop', () => {
    expectHealthy(laptop);
  });

  it('a Windows desktop', () => {
    expectHealthy(desktop);
  });

  it('ss without options, which hides listeners and TIME_WAIT', () => {
    expectHealthy(
      ss(
        'ESTAB 0 0 192.0.2.1:22 198.51.100.1:50000',
        'ESTAB 0 36 192.0.2.1:22 198.51.100.2:50001',
        'ESTAB 0 0 127.0.0.1:48334 127.0.0.1:7101',
      ),
    );
  });

  it('a server that passes through CLOSE_WAIT all the time', () => {
    const output = (from: number): string =>
      netstat(
        row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '1/httpd' }),
        ...many(3, i =>
          row('CLOSE_WAIT', '192.0.2.1:80', `198.51.100.1:${40_000 + from + i}`, {
            owner: '1/httpd',
          }),
        ),
      );
    expectHealthy(loop(output(0), output(10), output(20), output(30)));
  });
});
