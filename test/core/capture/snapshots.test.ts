import assert from 'node:assert/strict';

import { missingOwners } from '../../../src/core/capture/capture';
import { captureCommands } from '../../../src/core/capture/commands';
import { dateLine } from '../../../src/core/capture/dateLine';
import { Schedule } from '../../../src/core/capture/schedule';
import { snapshotCounts, snapshotLine } from '../../../src/core/capture/snapshotLine';
import { datedSnapshot, SnapshotLog } from '../../../src/core/capture/snapshotLog';
import { readDump } from '../../../src/core/reading/reader';

const HEADER = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';

function dump(...rows: string[]): string {
  return HEADER + rows.map(row => `tcp 0 0 ${row}\n`).join('');
}

const NOON = new Date(Date.UTC(2026, 0, 10, 12, 0, 0));

function later(seconds: number): Date {
  return new Date(NOON.getTime() + seconds * 1000);
}

describe('snapshots of a watch', () => {
  it('have a date with its offset', () => {
    assert.match(dateLine(NOON), /^2026-01-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d$/);
    assert.equal(Date.parse(dateLine(NOON)), NOON.getTime());
  });

  it('are read as snapshots, each with its time', () => {
    const log = new SnapshotLog(1e6);
    const rows = dump('192.0.2.1:80 192.0.2.7:4000 CLOSE_WAIT 12/server');
    log.add(NOON, rows);
    log.add(later(5), rows.trimEnd());
    const { snapshots, lines } = readDump(log.text);
    assert.deepEqual(
      snapshots.map(({ time, line }) => [time === null ? null : Date.parse(time), line]),
      [
        [NOON.getTime(), 0],
        [later(5).getTime(), 4],
      ],
    );
    assert.equal(lines.unrecognized, 0);
  });

  it('lose the oldest when there are too many', () => {
    const rows = dump('192.0.2.1:80 192.0.2.7:4000 CLOSE_WAIT 12/server');
    const size = datedSnapshot(NOON, rows).length;
    const log = new SnapshotLog(size * 8);
    for (let i = 0; i < 100; i++) {
      log.add(later(i), rows);
      assert.ok(log.text.length <= size * 8);
    }
    assert.equal(log.count + log.dropped, 100);
    assert.ok(log.count >= 5, `${log.count} kept`);
    assert.ok(log.text.startsWith(dateLine(later(log.dropped))));
    assert.ok(log.text.endsWith(datedSnapshot(later(99), rows)));
  });

  it('keep the newest whatever its size', () => {
    const log = new SnapshotLog(10);
    log.add(NOON, 'first');
    log.add(later(1), 'second');
    assert.equal(log.text, datedSnapshot(later(1), 'second'));
  });

  it('come on time, without those that were missed', () => {
    const schedule = new Schedule(5000);
    assert.equal(schedule.next(1000), 1000);
    assert.equal(schedule.next(1700), 6000);
    assert.equal(schedule.next(11_200), 11_000);
    assert.equal(schedule.next(30_000), 30_000);
    assert.equal(schedule.next(31_000), 35_000);
  });

  it('are told in a line with what changed', () => {
    const first = snapshotCounts(
      readDump(
        dump(
          '192.0.2.1:80 0.0.0.0:* LISTEN 12/server',
          '192.0.2.1:80 192.0.2.7:4000 ESTABLISHED 12/server',
          '192.0.2.1:80 192.0.2.7:4001 CLOSE_WAIT 12/server',
        ),
      ),
    );
    const second = snapshotCounts(
      readDump(
        dump(
          '192.0.2.1:80 0.0.0.0:* LISTEN 12/server',
          '192.0.2.1:80 192.0.2.7:4000 CLOSE_WAIT 12/server',
          '192.0.2.1:80 192.0.2.7:4001 CLOSE_WAIT 12/server',
          '192.0.2.1:80 192.0.2.7:4002 CLOSE_WAIT -',
        ),
      ),
    );
    assert.equal(
      snapshotLine(first, undefined),
      '3 sockets; LISTEN 1, ESTABLISHED 1, CLOSE-WAIT 1; CLOSE_WAIT: server (12) 1',
    );
    assert.equal(
      snapshotLine(second, first),
      '4 sockets (+1); LISTEN 1, CLOSE-WAIT 3 (+2), ESTABLISHED 0 (−1); CLOSE_WAIT: server (12) 2 (+1), process not shown 1 (+1)',
    );
  });

  it('count one socket as one', () => {
    const one = snapshotCounts(readDump(dump('192.0.2.1:22 0.0.0.0:* LISTEN 1/sshd')));
    assert.equal(snapshotLine(one, undefined), '1 socket; LISTEN 1');
  });

  it('hold nothing where there is nothing', () => {
    assert.equal(snapshotLine(snapshotCounts(readDump('')), undefined), '0 sockets');
  });
});

describe('owners that are missing', () => {
  const [ss] = captureCommands('linux', 'ss');
  const rows = readDump(
    dump(
      '192.0.2.1:80 0.0.0.0:* LISTEN -',
      '192.0.2.1:80 192.0.2.7:4000 ESTABLISHED 12/server',
      '192.0.2.1:80 192.0.2.7:4001 TIME_WAIT -',
    ),
  );

  it('are counted where a process must be there', () => {
    const missing = missingOwners(rows, ss!, false);
    assert.equal(missing?.sockets, 1);
    assert.deepEqual(missing.command, { command: 'ss -tunapoeim', needs: 'root' });
  });

  it('are not missing for root', () => {
    assert.equal(missingOwners(rows, ss!, true), undefined);
  });

  it('are names where Windows shows numbers only', () => {
    const [netstat] = captureCommands('win32');
    const numbers = readDump(
      '  Proto  Local Address  Foreign Address  State  PID\n  TCP  192.0.2.1:80  0.0.0.0:0  LISTENING  12\n',
    );
    const missing = missingOwners(numbers, netstat!, null);
    assert.equal(missing?.named, 'pid');
    assert.equal(missing.command.needs, 'administrator');
  });
});
