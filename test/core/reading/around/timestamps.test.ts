import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { statedMoment } from '../../../../src/core/reading/around/timestamps';

describe('lines that say when', () => {
  const times: readonly (readonly [line: string, time: string | null])[] = [
    ['2026-01-10T12:00:00Z', '2026-01-10T12:00:00Z'],
    ['2026-01-10 12:00:00', '2026-01-10T12:00:00'],
    ['2026-01-10 12:00', '2026-01-10T12:00:00'],
    ['2026-01-10T12:00:00,123456789+01:00', '2026-01-10T12:00:00+01:00'],
    ['2026-01-10 12:00:00.5 +0530', '2026-01-10T12:00:00+05:30'],
    ['2026/1/9 2:03:04', '2026-01-09T02:03:04'],
    ['2026/01/10 周六 12:00:00.12', '2026-01-10T12:00:00'],
    ['20260110-120000', '2026-01-10T12:00:00'],
    ['20260110_120000', '2026-01-10T12:00:00'],
    ['2026-01-10_12:00:00', '2026-01-10T12:00:00'],
    ['Sat Jan 10 12:00:00 UTC 2026', '2026-01-10T12:00:00Z'],
    ['Sat Jan 10 12:00:00 GMT 2026', '2026-01-10T12:00:00Z'],
    ['Sat Jan 10 12:00:00 CST 2026', '2026-01-10T12:00:00'],
    ['Sat Jan 10 12:00:00 -03 2026', '2026-01-10T12:00:00-03:00'],
    ['Sat Jan 10 12:00:00 2026', '2026-01-10T12:00:00'],
    ['Sat Jan  3 01:02:03 AM UTC 2026', '2026-01-03T01:02:03Z'],
    ['Sat Jan  3 12:02:03 AM 2026', '2026-01-03T00:02:03'],
    ['Sat 10 Jan 2026 01:00:00 PM CET', '2026-01-10T13:00:00+01:00'],
    ['Fri Jul 10 12:00:00 CEST 2026', '2026-07-10T12:00:00+02:00'],
    ['Fri Jul 10 12:00:00 EDT 2026', '2026-07-10T12:00:00'],
    ['Sat, 10 Jan 2026 12:00:00 +0000', '2026-01-10T12:00:00+00:00'],
    ['10-Jan-2026 12:00:00', '2026-01-10T12:00:00'],
    ['Jan 10, 2026 12:00:00', '2026-01-10T12:00:00'],
    ['1767225600', '2026-01-01T00:00:00Z'],
    ['@1767225600', '2026-01-01T00:00:00Z'],
    ['1767225600.123456', '2026-01-01T00:00:00Z'],
    ['1767225600123', '2026-01-01T00:00:00Z'],
    // Syslog has no year, a clock no day.
    ['Jan 10 12:00:00', null],
    ['12:00:00', null],
    ['The current time is: 12:00:00.12', null],
    // Windows: the country decides which is the month, unless a number or the weekday tells.
    ['Fri 01/10/2026 12:00:00,12', null],
    ['01/10/2026 12:00:00,12', null],
    ['10/10/2026 12:00:00,12', '2026-10-10T12:00:00'],
    ['01/23/2026  9:05:01.12', '2026-01-23T09:05:01'],
    ['23/01/2026 09:05:01,12', '2026-01-23T09:05:01'],
    ['Sat 01/10/2026 12:00:00.12', '2026-01-10T12:00:00'],
    ['Thu 01/10/2026 12:00:00.12', '2026-10-01T12:00:00'],
    ['10.01.2026 12:00:00,12', '2026-01-10T12:00:00'],
    ['01/23/2026 09:05 PM', '2026-01-23T21:05:00'],
    ['The current date is: Sat 01/10/2026', null],
    ['=== Sat Jan 10 12:00:00 UTC 2026 ===', '2026-01-10T12:00:00Z'],
    ['----- 2026-01-10 12:00:00 -----', '2026-01-10T12:00:00'],
    ['# Timestamp: 2026-01-10 12:00:00', '2026-01-10T12:00:00'],
    ['[2022/9/23 15:43:47]', '2022-09-23T15:43:47'],
    ['zzz ***Fri Jan 10 12:00:00 CST 2026', '2026-01-10T12:00:00'],
    ['zzz <23/12/2025 12:00:00> Count:1', '2025-12-23T12:00:00'],
    ['zzz <10/12/2025 12:00:00>', null],
    ['zzz ***', null],
    ['Every 2.0s: netstat -an      Fri Jan 10 12:00:00 2026', '2026-01-10T12:00:00'],
    ['Every 5,0s: ss -s         2026-01-10 12:00:00', '2026-01-10T12:00:00'],
    // Behind a few words that say which moment it is.
    ['BEFORE  Sat Jan 10 12:00:00 UTC 2026', '2026-01-10T12:00:00Z'],
    ['AFTER (deployed 1.14.3)  Sat Jan 10 12:00:00 UTC 2026', '2026-01-10T12:00:00Z'],
    ['before restart 2026-01-10 12:00:00', '2026-01-10T12:00:00'],
    ['=== after: 2026-01-10 12:00:00 ===', '2026-01-10T12:00:00'],
    ['# vorher - 10.01.2026 12:00:00', '2026-01-10T12:00:00'],
    ['snapshot 3: 2026-01-10T12:00:00Z', '2026-01-10T12:00:00Z'],
  ];
  for (const [line, time] of times) {
    it(`reads ${line}`, () => {
      const found = statedMoment(line);
      assert.deepEqual([found?.time, found?.host], [time, null]);
    });
  }

  it('reads the host and the command of watch', () => {
    assert.deepEqual(
      statedMoment('Every 2.0s: netstat -an   web-1.example: Sat Jan 10 12:00:00 2026'),
      {
        time: '2026-01-10T12:00:00',
        host: 'web-1.example',
        command: 'netstat -an',
      },
    );
  });

  it('takes nothing else for one', () => {
    for (const line of [
      '',
      'Sat Jan 32 12:00:00 UTC 2026',
      'Sat Foo 10 12:00:00 UTC 2026',
      '2026-13-10 12:00:00',
      '2026-02-30 12:00:00',
      '2026-01-10 25:00:00',
      'restarted at 2026-01-10 12:00:00 by hand',
      '12:00:00 up 10 days,  2:03,  1 user,  load average: 0.00, 0.01, 0.05',
      'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN',
      'Before 2026-01-10 12:00:00 all was well',
      'after restart 12:00:00',
      'post mortem of the outage that began when the new release came on 2026-01-10 12:00:00',
      'Last login: Sat Jan 10 12:00:00 2026',
      'Modify: 2026-01-10 12:00:00.000000000 +0000',
      'notAfter=Jan 10 12:00:00 2026 GMT',
      'Before=network.target 2026-01-10 12:00:00',
      '2026-01-10 12:00:00 restarted',
      'INFO 2026-01-10 12:00:00 connection closed',
      '42',
      '99/99/2026 12:00:00',
      `2026-01-10 12:00:00${' '.repeat(300)}`,
    ]) {
      assert.equal(statedMoment(line), undefined, line);
    }
  });
});

describe('labels with a date', () => {
  it('tell equal listings of two moments apart', () => {
    const rows = Array.from(
      { length: 8 },
      (_, i) => `tcp 1 0 192.0.2.1:${4000 + i} 192.0.2.2:443 CLOSE_WAIT`,
    ).join('\n');
    const text = `before restart 2026-01-10 09:00:00\n${rows}\nafter change 2026-01-10 11:00:00\n${rows}\n`;
    assert.deepEqual(
      readDump(text).snapshots.map(({ time }) => time),
      ['2026-01-10T09:00:00', '2026-01-10T11:00:00'],
    );
  });
});

describe('the night in which clocks change', () => {
  const times = (...lines: string[]): (string | null)[] =>
    readDump(
      lines
        .map((line, i) => `${line}\ntcp 0 0 192.0.2.1:${22 + i} 192.0.2.2:4000 ESTABLISHED\n`)
        .join(''),
    ).snapshots.map(({ time }) => time);

  it('has times that can be compared', () => {
    assert.deepEqual(times('Sun Mar 30 01:59:30 CET 2025', 'Sun Mar 30 03:00:30 CEST 2025'), [
      '2025-03-30T01:59:30+01:00',
      '2025-03-30T03:00:30+02:00',
    ]);
    assert.deepEqual(
      times(
        'Sun Nov  2 01:59:30 CDT 2025',
        'Sun Nov  2 01:00:30 CST 2025',
        'Sun Nov  2 01:01:30 CST 2025',
      ),
      ['2025-11-02T01:59:30-05:00', '2025-11-02T01:00:30-06:00', '2025-11-02T01:01:30-06:00'],
    );
    assert.deepEqual(times('Sun Mar 30 00:59:30 GMT 2025', 'Sun Mar 30 02:00:30 BST 2025'), [
      '2025-03-30T00:59:30Z',
      '2025-03-30T02:00:30+01:00',
    ]);
  });

  it('has none where nobody knows what a zone means', () => {
    assert.deepEqual(times('Sun Mar 30 00:59:30 CST 2025', 'Sun Mar 30 02:00:30 XYZT 2025'), [
      null,
      null,
    ]);
    assert.deepEqual(times('Sun Mar 30 00:59:30 UTC 2025', 'Sun Mar 30 02:00:30 CST 2025'), [
      '2025-03-30T00:59:30Z',
      null,
    ]);
  });

  it('is any other where the zone keeps its name', () => {
    assert.deepEqual(times('Sun Mar 30 00:59:30 CST 2025', 'Sun Mar 30 02:00:30 CST 2025'), [
      '2025-03-30T00:59:30',
      '2025-03-30T02:00:30',
    ]);
    const hosts = [
      '==> a <==\nSun Mar 30 00:59:30 CST 2025',
      '==> b <==\nSun Mar 30 00:59:30 CDT 2025',
    ];
    assert.deepEqual(times(...hosts), ['2025-03-30T00:59:30', '2025-03-30T00:59:30']);
  });
});
