import assert from 'node:assert/strict';

import { analyze } from '../../../src/core/analysis/analyze';
import { readDump } from '../../../src/core/reading/reader';
import { inWords } from '../../../src/core/report/inWords';
import { report } from '../../../src/core/report/report';
import { renderTerminal } from '../../../src/core/report/terminal';
import { Localizer, plain } from '../../../src/core/wording/text';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';

function row(local: string, remote: string, state: string, program = '-'): string {
  return `tcp 0 0 ${local} ${remote} ${state} ${program}\n`;
}

function repeated(count: number, of: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => of(i)).join('');
}

function said(text: string): string {
  const analysis = analyze(readDump(text));
  assert.ok(analysis.last);
  return inWords(analysis, analysis.last, new Localizer()).map(plain).join(' ');
}

/** An API with 54 connections of 2 addresses, and its cache on the same host. */
const HEALTHY = [
  HEAD,
  row('0.0.0.0:8080', '0.0.0.0:*', 'LISTEN', '7/api'),
  row('127.0.0.1:6379', '0.0.0.0:*', 'LISTEN', '9/redis'),
  row('0.0.0.0:22', '0.0.0.0:*', 'LISTEN', '1/sshd'),
  repeated(54, i =>
    row('10.0.0.1:8080', `10.0.0.${2 + (i % 2)}:${40_000 + i}`, 'ESTABLISHED', '7/api'),
  ),
  row('127.0.0.1:50001', '127.0.0.1:6379', 'ESTABLISHED', '7/api'),
  row('127.0.0.1:6379', '127.0.0.1:50001', 'ESTABLISHED', '9/redis'),
  repeated(2, i => row(`10.0.0.1:5001${i}`, '10.0.0.9:5432', 'ESTABLISHED', '7/api')),
].join('');

describe('a snapshot in words', () => {
  it('says what the list of a firewall cannot show', () => {
    const ends = 'src=10.0.0.5 dst=10.0.0.9 sport=40000 dport=443';
    const back = 'src=10.0.0.9 dst=10.0.0.5 sport=443 dport=40000';
    assert.match(
      said(`tcp      6 43 CLOSE_WAIT ${ends} ${back} [ASSURED] mark=0 use=1\n`),
      /^These connections were seen passing\. Which program holds one/,
    );
  });

  it('says what it serves, whose client it is, and what nobody uses', () => {
    assert.equal(
      said(HEALTHY),
      'Serves 8080 to 2 addresses (54 connections), 6379 to 1 address (1 connection). ' +
        'Client of 10.0.0.9:5432 (2 connections), redis (9) at 127.0.0.1:6379 (1 connection). ' +
        'Listening, with no established connection: 22.',
    );
  });

  it('names the program of several processes that serve it, or what listens where they differ', () => {
    const dump = (name: (i: number) => string): string =>
      HEAD +
      row('127.0.0.1:9000', '0.0.0.0:*', 'LISTEN', '700/master') +
      repeated(3, i => row(`127.0.0.1:5000${i}`, '127.0.0.1:9000', 'ESTABLISHED', '650/nginx')) +
      repeated(3, i => row('127.0.0.1:9000', `127.0.0.1:5000${i}`, 'ESTABLISHED', name(i)));
    for (const [name, program] of [
      [(i: number) => `${701 + i}/php-fpm`, 'php-fpm \\(3 processes\\)'],
      [() => '701/php-fpm', 'php-fpm \\(701\\)'],
      [(i: number) => `${701 + i}/pg${i}`, 'master \\(700\\)'],
    ] as const) {
      assert.match(
        said(dump(name)),
        new RegExp(`Client of ${program} at 127\\.0\\.0\\.1:9000 \\(3 connections\\)`),
      );
    }
  });

  it('names the largest and counts the rest', () => {
    const ports = [80, 81, 82, 83, 84];
    const text =
      HEAD +
      ports.map(port => row(`0.0.0.0:${port}`, '0.0.0.0:*', 'LISTEN')).join('') +
      ports
        .map((port, i) =>
          repeated(i + 1, n => row(`10.0.0.1:${port}`, `10.0.0.2:${40_000 + n}`, 'ESTABLISHED')),
        )
        .join('');
    assert.equal(
      said(text),
      'Serves 84 to 1 address (5 connections), 83 to 1 address (4 connections), ' +
        '82 to 1 address (3 connections), and 2 more.',
    );
    const listening = ports.map(port => row(`0.0.0.0:${port}`, '0.0.0.0:*', 'LISTEN')).join('');
    const idle = 'Listening, with no established connection: 80, 81, 82, and 2 more.';
    assert.equal(said(`$ netstat -ant\n${HEAD}${listening}`), idle);
    // Where connections are left out, nothing is known of them.
    assert.equal(said(`$ netstat -lnt\n${HEAD}${listening}`), '');
    assert.equal(said(`$ netstat -ant | grep LISTEN\n${listening}`), '');
  });

  it('counts a port once, whatever its addresses', () => {
    const text = [
      HEAD,
      row('0.0.0.0:80', '0.0.0.0:*', 'LISTEN'),
      row(':::80', ':::*', 'LISTEN'),
      row('10.0.0.1:80', '10.0.0.2:40000', 'ESTABLISHED'),
      row('::ffff:10.0.0.1:80', '::ffff:10.0.0.2:40001', 'ESTABLISHED'),
    ].join('');
    assert.equal(said(text), 'Serves 80 to 1 address (2 connections).');
  });

  it('does not guess who opened a connection', () => {
    assert.equal(
      said(HEAD + row('10.0.0.1:45000', '10.0.0.2:46000', 'ESTABLISHED')),
      'Connections whose opener this dump does not show: 1.',
    );
  });

  it('is headed by the tool also where its last listing has no rows', () => {
    const ends = 'CLOSE-WAIT 0 0 10.0.0.1:443 10.0.0.2:5000\n';
    const head = 'Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';
    const dump = readDump(`$ ss -tan\nState ${head}${ends}$ ss -tan state close-wait\n${head}`);
    assert.match(JSON.stringify(report('a', analyze(dump))[0]), /a: 0 sockets, ss"/);
  });

  it('stands in a report where nothing is wrong, and nowhere else', () => {
    const text = (dump: string): string =>
      renderTerminal(report('a', analyze(readDump(dump))), { colour: false, width: 100 });
    assert.match(text(HEALTHY), /Serves 8080 to 2 addresses[^]*\n +No problems found\./);
    const leak = repeated(60, i =>
      row('10.0.0.1:8080', `10.0.0.5:${30_000 + i}`, 'CLOSE_WAIT', '7/api'),
    );
    const sick = text(HEALTHY + leak);
    assert.match(sick, /CW-1/);
    assert.doesNotMatch(sick, /Serves/);
  });
});
