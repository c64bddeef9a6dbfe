import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { analyse } from '../../../src/core/analysis/analyse';
import { classOfAddress } from '../../../src/core/knowledge/addresses';
import { readDump } from '../../../src/core/reading/reader';
import { jsonReport } from '../../../src/core/report/json';
import { Redactor } from '../../../src/core/report/redact';
import { projectFolder } from '../../harness/paths';
import { sampleText } from '../rows';

const samples = readdirSync(path.join(projectFolder, 'samples')).filter(name =>
  name.endsWith('.netstat'),
);

/** A text redacted line by line, as a document would be. */
function redacted(text: string, redactor = new Redactor()): string {
  const dump = readDump(text);
  redactor.dump(dump);
  return text
    .split('\n')
    .map((line, i) => redactor.line(dump, i, line))
    .join('\n');
}

describe('redaction', () => {
  it('gives equal things equal names, and keeps what kind of address it is', () => {
    const redactor = new Redactor();
    const names = [
      '8.8.8.8',
      '::ffff:8.8.8.8',
      '9.9.9.9',
      '10.20.30.40',
      '172.31.1.1',
      '192.168.178.20',
      '100.100.1.1',
      '169.254.7.7',
      '2a00:1450::5',
      '2A00:1450:0:0::5',
      'fe80::1234:5678:9abc:def0',
      'fd12:3456::1',
      '64:ff9b::8.8.8.8',
      'web.example.com',
      'WEB.example.com',
      'db',
    ].map(name => redactor.address(name));
    assert.deepEqual(names, [
      '203.0.113.1',
      '::ffff:203.0.113.1',
      '203.0.113.2',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '100.64.0.1',
      '169.254.0.1',
      '2001:db8::1',
      '2001:db8::1',
      'fe80::1',
      'fd00::1',
      '64:ff9b::203.0.113.1',
      'host-1',
      'host-1',
      'host-2',
    ]);
  });

  it('leaves what is the same on every machine', () => {
    const redactor = new Redactor();
    for (const same of [
      '*',
      '0.0.0.0',
      '::',
      '127.0.0.53',
      '::1',
      '::ffff:127.0.0.1',
      'localhost',
      '255.255.255.255',
      '224.0.0.251',
      '169.254.169.254',
      '',
    ]) {
      assert.equal(redactor.address(same), same);
    }
  });

  it('never gives two addresses one name', () => {
    const redactor = new Redactor();
    const seen = new Set<string>();
    const count = 2000;
    for (let i = 0; i < count; i++) {
      const other = redactor.address(`11.${i >> 8}.1.${i & 255}`);
      assert.notEqual(classOfAddress(other)?.id, 'public');
      seen.add(other);
    }
    assert.equal(seen.size, count);
  });

  it('changes rows where their addresses stand, and nothing else', () => {
    const text = [
      'admin@gateway7:~$ netstat -tnap',
      'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
      'tcp 1 0 10.1.2.3:8080 8.8.4.4:50100 CLOSE_WAIT 4711/java',
      'tcp6 0 0 2a00:1450::5:443 2a00:1450::6:50101 ESTABLISHED 4711/java',
      'tcp 0 0 10.1.2.3:50000 mysql:3306 ESTABLISHED 99/mysql',
      'unix 2 [ ACC ] STREAM LISTENING 4242 1/init /home/carol/.agent.sock',
    ].join('\n');
    assert.equal(
      redacted(text),
      [
        'admin@host-2:~$ netstat -tnap',
        'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
        'tcp 1 0 10.0.0.1:8080 203.0.113.1:50100 CLOSE_WAIT 4711/java',
        'tcp6 0 0 2001:db8::1:443 2001:db8::2:50101 ESTABLISHED 4711/java',
        'tcp 0 0 10.0.0.1:50000 host-1:3306 ESTABLISHED 99/mysql',
        'unix 2 [ ACC ] STREAM LISTENING 4242 1/init /home/user-1/.agent.sock',
      ].join('\n'),
    );
  });

  it('finds addresses and hosts in lines that cannot be read', () => {
    const redactor = new Redactor();
    assert.equal(
      redactor.text(
        'tcp 0 0 web-1:443 8.8.8.8.22 [2a00::1%eth0]:5 fe80::77.53 db.corp.example WAT v6only:1 a.exe 00:1a:2b:3c:4d:5e',
      ),
      'tcp 0 0 host-1:443 203.0.113.1.22 [2001:db8::1%eth0]:5 fe80::1.53 host-2 WAT v6only:1 a.exe 00:00:5e:00:53:00',
    );
    assert.equal(
      redactor.text('2024-05-01T12:30:45 took 12:30:45'),
      '2024-05-01T12:30:45 took 12:30:45',
    );
    assert.equal(
      redactor.text('0: 0100007F:1F90 04030201:01BB 0A'),
      '0: 0100007F:1F90 027100CB:01BB 0A',
    );
  });

  it('leaves no address of any sample, in text and in reports', () => {
    for (const name of samples) {
      const text = sampleText(name);
      const dump = readDump(text);
      const redactor = new Redactor();
      const copy = redactor.dump(dump);
      const changed = redacted(text);
      const again = readDump(changed);
      assert.deepEqual(again.lines, dump.lines, `${name} reads as before`);
      const report = [...jsonReport([{ source: name, analysis: analyse(copy) }])].join('');
      for (let i = 0; i < dump.table.length; i++) {
        const before = dump.table.socket(i);
        const expected = copy.table.socket(i);
        assert.deepEqual(again.table.socket(i), expected, `${name}: ${i}`);
        for (const [old, other] of [
          [before.local, expected.local],
          [before.remote, expected.remote],
        ] as const) {
          assert.equal(other?.port, old?.port);
          assert.notEqual(classOfAddress(other?.address ?? '')?.id, 'public');
        }
      }
      assert.ok(report.length > 0);
    }
  });

  it('finds the same in a redacted dump', () => {
    for (const name of samples) {
      const dump = readDump(sampleText(name));
      const codes = (of: typeof dump): string[] =>
        analyse(of).findings.map(({ code, rows }) => `${code} ${[...rows].join(' ')}`);
      assert.deepEqual(codes(new Redactor().dump(dump)), codes(dump), name);
    }
  });
});
