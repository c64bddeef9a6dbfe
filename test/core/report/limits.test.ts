import assert from 'node:assert/strict';

import { analyze } from '../../../src/core/analysis/analyze';
import { Localizer } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';
import { ALL, MOST_BYTES, textWithin, ticketWithin, USUAL } from '../../../src/core/report/limits';
import { renderTerminal } from '../../../src/core/report/terminal';
import { report } from '../../../src/core/report/report';
import { ticket } from '../../../src/core/report/ticket';
import { sampleText } from '../rows';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name';

/** Leaks, unread data, a full queue and silent peers, of each of so many programs. */
function trouble(programs: number): string {
  const rows = [HEAD];
  for (let i = 0; i < programs; i++) {
    const host = `10.0.${i >> 8}.${i & 255}`;
    const owner = `${1000 + i}/p${i}`;
    for (let port = 0; port < 1 + (i % 9); port++) {
      rows.push(`tcp 1 0 ${host}:2000 192.0.2.1:${1024 + i * 9 + port} CLOSE_WAIT ${owner}`);
    }
    rows.push(`tcp 70000 0 ${host}:9000 192.0.2.9:${1024 + i} ESTABLISHED ${owner}`);
    rows.push(`tcp 3 128 ${host}:${1024 + i} 0.0.0.0:* LISTEN ${owner}`);
    rows.push(`tcp 0 1 10.1.0.1:${1024 + i} 203.0.${i >> 8}.${i & 255}:80 FIN_WAIT1 -`);
  }
  return rows.join('\n');
}

const localizer = new Localizer();
const sample = analyze(readDump(sampleText('linux-netstat-close-wait.netstat')));
const much = analyze(readDump(trouble(1500)));

function textOf(analysis: typeof much, width = 100): string {
  return textWithin(
    view => report('a.txt', analysis, localizer, view),
    { colour: false, width },
    'netstat-lens --all a.txt',
  );
}

function count(text: string, what: string): number {
  return text.split(what).length - 1;
}

describe('the text report', () => {
  for (const width of [40, 80, 100, 200]) {
    it(`has at most 60 lines where ${width} columns are shown`, () => {
      for (const analysis of [sample, much]) {
        const text = textOf(analysis, width);
        assert.ok(count(text, '\n') <= 60, text);
        assert.match(text, /CW-1/);
      }
    });
  }

  it('says how to see all, and counts what is put together', () => {
    const all = much.findings.reduce((sum, { subjects }) => sum + subjects.length, 0);
    assert.ok(all > 4000, String(all));
    const text = textOf(much).replace(/\s+/g, ' ');
    assert.ok(text.includes(`netstat-lens --all a.txt shows all ${localizer.number(all)}`), text);
    assert.match(text, /netstat-lens --rule [A-Z\d]+-\d a\.txt those of one rule/);
  });

  it('says a command once, one code of a finding, and one caution', () => {
    const text = renderTerminal(report('a', sample, localizer, ALL), { colour: false, width: 100 });
    assert.equal(count(text, "ss -tanpo state close-wait | grep 'pid=4321,'"), 1, text);
    assert.equal(count(text, 'A single snapshot cannot show'), 1);
    assert.match(text, /\[CW-1\]/);
    assert.doesNotMatch(text, /CW-4|CW-6|PAIR-1/);
  });

  it('shows verdict, fix, check, proof in this order', () => {
    const text = textOf(sample);
    assert.match(
      text,
      /ERROR {2}orders-api[^]*\n {2}Fix [^]*\n {2}Check [^]*\n {2}Proof [^]*\n {2}Or /,
    );
  });

  it('tells the server side of CLOSE_WAIT from each destination', () => {
    const text = textOf(sample);
    assert.match(text, /Connections +Total +End read +FIN unread +Data unread +Idle TLS/);
    assert.match(text, /server on 127\.0\.0\.1:9443 +37 +19 +7 +11 \(5,005 bytes\) +\u2013/);
    assert.match(text, /client of 198\.51\.100\.20:443 +12 +2 +2 +\u2013 +8/);
  });

  it('has reasons and sources where they are asked for', () => {
    const plainly = textOf(sample);
    const explained = renderTerminal(report('a', sample, localizer, { ...USUAL, explain: true }), {
      colour: false,
      width: 100,
    });
    assert.doesNotMatch(plainly, /CLOSE_WAIT\s+has\s+no\s+timeout|https:/);
    assert.match(explained, /Reason [^]*CLOSE_WAIT\s+has\s+no\s+timeout[^]*Source [^]*https:/);
  });

  it('is of one rule where that is asked for', () => {
    const only = report('a', sample, localizer, { ...ALL, rules: ['SS-1'] });
    const text = renderTerminal(only, { colour: false, width: 100 });
    assert.match(text, /\[SS-1\]/);
    assert.doesNotMatch(text, /\[CW-1\]|\[F1-1\]|CLOSE_WAIT by process/);
    const none = report('a', sample, localizer, { ...ALL, rules: ['UDP-1'] });
    assert.match(renderTerminal(none, { colour: false, width: 100 }), /No finding for UDP-1\./);
  });

  it('says that a healthy dump has no problems', () => {
    const healthy = analyze(
      readDump(`${HEAD}\ntcp 0 0 192.0.2.1:443 192.0.2.7:51044 ESTABLISHED 1/nginx\n`),
    );
    assert.match(textOf(healthy), /No problems found\.$/m);
  });

  it('says how little it proves where rows were left out', () => {
    const rows = [
      'tcp 0 0 0.0.0.0:443 0.0.0.0:* LISTEN 1/nginx\n',
      'tcp 0 0 192.0.2.1:443 192.0.2.7:51044 ESTABLISHED 1/nginx\n',
    ];
    const said = (dump: string): [string, string] => {
      const analysis = analyze(readDump(dump));
      const inTicket = ticketWithin(view => ticket('a.txt', analysis, localizer, view));
      return [textOf(analysis).replace(/\s+/g, ' '), inTicket];
    };
    for (const dump of [
      `$ netstat -antp | grep 443\n${rows.join('')}`,
      `$ ss -tan state established\nRecv-Q Send-Q Local Address:Port Peer Address:Port\n0 0 192.0.2.1:443 192.0.2.7:51044\n`,
      '$ lsof -i :443\nCOMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME\nnginx 1 root 5u IPv4 12 0t0 TCP *:443 (LISTEN)\n',
      rows.join(''),
    ]) {
      const [report, inTicket] = said(dump);
      assert.match(report, /No problems found\. Rows may be missing, .* does not prove/);
      assert.match(inTicket, /^# No problems found in a\.txt\n\n.*\. Rows may be missing, /);
    }
    const [listening, inTicket] = said(`$ netstat -lntp\n${HEAD}\n${rows[0]}`);
    assert.match(listening, /No problems found\. It lists only listening sockets\./);
    assert.match(inTicket, /It lists only listening sockets\./);
    assert.doesNotMatch(said(`$ netstat -antp\n${HEAD}\n${rows.join('')}`).join(''), /prove|only/);
    const none = report('a', analyze(readDump(rows.join(''))), localizer, {
      ...ALL,
      rules: ['UDP-1'],
    });
    assert.match(
      renderTerminal(none, { colour: false, width: 200 }),
      /No finding for UDP-1\. Rows may be missing/,
    );
  });
});

describe('the report for a ticket', () => {
  const markdown = (analysis: typeof much): string =>
    ticketWithin(view => ticket('a.txt', analysis, localizer, view));

  it('has at most 20 KB', () => {
    for (const analysis of [sample, much]) {
      assert.ok(Buffer.byteLength(markdown(analysis)) <= MOST_BYTES);
    }
  });

  it('is a verdict, what to do, and what proves it; the rest is folded', () => {
    const text = markdown(sample);
    assert.match(text, /^# orders\\?-api/);
    assert.match(text, /\n## \u274c ERROR: orders/);
    assert.match(text, /\*\*Do now\*\*\n\n- \[ \] Run this now/);
    assert.match(text, /\n {2}```\n {2}ss -tanpo state close-wait/);
    assert.match(text, /\*\*Fix:\*\* /);
    assert.match(text, /\| Connections \| Total \| End read \|/);
    assert.match(text, /<details><summary>[^]*CLOSE\\?_WAIT has no timeout[^]*<\/details>/);
    assert.equal(count(text, 'A single snapshot cannot show'), 1);
  });
});
