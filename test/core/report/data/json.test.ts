import { strict as assert } from 'node:assert';

import { analyze } from '../../../../src/core/analysis/analyze';
import { DumpStream } from '../../../../src/core/reading/input/dumpStream';
import { readDump } from '../../../../src/core/reading/reader';
import { csvSockets } from '../../../../src/core/report/data/csv';
import { jsonReport } from '../../../../src/core/report/data/json';
import { ndjsonReport } from '../../../../src/core/report/data/ndjson';

interface Report {
  readonly dumps: readonly {
    readonly snapshotsNotKept: number;
    readonly snapshots: readonly unknown[];
  }[];
}

function report(stream: DumpStream): Report {
  const analysis = analyze(stream.finish());
  return JSON.parse([...jsonReport([{ source: 'a', analysis }])].join('')) as Report;
}

describe('a row that shows a socket again', () => {
  const text =
    'tcp        0      0 192.0.2.1:22            192.0.2.2:4000          ESTABLISHED\n' +
    'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n' +
    'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
    'LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=9,fd=3))\n' +
    'ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000\n';

  it('is left out where rows are counted, and marked in JSON', () => {
    const dump = readDump(text);
    const lines = [...ndjsonReport([{ source: 'a', dump }])].map(
      line => JSON.parse(line) as { line: number; process: string },
    );
    assert.deepEqual(
      lines.map(({ line, process }) => [line, process]),
      [
        [1, null],
        [2, 'sshd'],
      ],
    );
    assert.equal([...csvSockets([{ source: 'a', dump }])].length, 2);
    const json = JSON.parse(
      [...jsonReport([{ source: 'a', analysis: analyze(dump) }])].join(''),
    ) as { dumps: { snapshots: { sockets: { line: number; repeats?: number }[] }[] }[] };
    const { sockets } = json.dumps[0]!.snapshots[0]!;
    assert.deepEqual(
      sockets.map(({ line, repeats }) => [line, repeats]),
      [
        [1, undefined],
        [2, undefined],
        [4, 2],
        [5, 1],
      ],
    );
  });
});

describe('the report for programs', () => {
  it('says how many snapshots were too many to keep', () => {
    const title = 'Active Internet connections (w/o servers)\n';
    const head = 'Proto Recv-Q Send-Q Local Address Foreign Address State\n';
    const row = (port: number): string =>
      `tcp        0      0 192.0.2.1:22      198.51.100.1:${port}   ESTABLISHED\n`;
    for (const [mostRows, kept] of [
      [Infinity, 6],
      [20, 2],
    ] as const) {
      const stream = new DumpStream(mostRows);
      for (let i = 0; i < 6; i++) {
        const rows = Array.from({ length: 10 }, (_, port) => row(4000 + 10 * i + port));
        stream.push(title + head + rows.join(''));
      }
      const [dump] = report(stream).dumps;
      assert.deepEqual([dump?.snapshots.length, dump?.snapshotsNotKept], [kept, 6 - kept]);
    }
  });
});

describe('the subjects of a finding in JSON', () => {
  const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name';
  const found = (programs: number) => {
    const rows = Array.from({ length: programs * 60 }, (_, i) => {
      const program = Math.floor(i / 60);
      return `tcp 0 0 192.0.2.1:9443 192.0.2.7:${i + 1024} CLOSE_WAIT ${program + 1}/p${program}`;
    });
    const dump = readDump([HEAD, ...rows, ''].join('\n'));
    const json = [...jsonReport([{ source: 'a', analysis: analyze(dump) }])].join('');
    const { dumps } = JSON.parse(json) as {
      dumps: {
        findings: {
          pid: number | null;
          process: string | null;
          lines: number[];
          subjects: {
            pid: number;
            process: string;
            remote: string | null;
            count: number;
            lines: number[];
          }[];
        }[];
      }[];
    };
    return dumps[0]!.findings;
  };

  it('is itself where it is about one', () => {
    const [one, ...others] = found(1);
    assert.equal(others.length, 0);
    const { pid, process, lines, subjects } = one!;
    assert.deepEqual([pid, process, lines.length], [1, 'p0', 60]);
    assert.deepEqual(subjects, [{ process: 'p0', pid: 1, remote: '192.0.2.7', count: 60, lines }]);
  });

  it('are all that are alike, with all lines', () => {
    const [one, ...others] = found(5);
    assert.equal(others.length, 0);
    const { pid, process, lines, subjects } = one!;
    assert.deepEqual([pid, process, lines.length], [null, null, 300]);
    assert.deepEqual(
      subjects.map(subject => [subject.process, subject.pid, subject.count]),
      Array.from({ length: 5 }, (_, i) => [`p${i}`, i + 1, 60]),
    );
    assert.deepEqual(
      subjects.flatMap(subject => subject.lines),
      lines,
    );
  });
});

describe("the names of a socket's fields", () => {
  const dump = readDump(
    `Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    Timer
tcp        0      7 192.0.2.1:80            192.0.2.7:https         ESTABLISHED 20/b                on (0.40/3/0)
`,
  );

  it('are those of JSON, in their order', () => {
    const json = [...jsonReport([{ source: 'a', analysis: analyze(dump) }])].join('');
    assert.ok(
      json.includes(
        '"sockets":[{"line":2,"protocol":"tcp","family":"ipv4","state":"ESTABLISHED","rawState":"ESTABLISHED","local":{"address":"192.0.2.1","port":80,"service":null,"scope":null},"remote":{"address":"192.0.2.7","port":null,"service":"https","scope":null},"recvQ":0,"sendQ":7,"pid":20,"process":"b","owners":[{"pid":20,"process":"b","fd":null}],"user":null,"inode":null,"timer":{"kind":"on","seconds":0.4,"retransmits":3,"probes":0}}]',
      ),
      json,
    );
    assert.match(
      json,
      /"text":0,"counter":0,"interface":0,"route":0,"unrecognised":0\},"unrecognised":\[\]/,
    );
  });

  it('are those of databases, in their order', () => {
    assert.deepEqual(
      [...ndjsonReport([{ source: 'a', dump }])],
      [
        '{"source":"a","host":"a","snapshot":1,"time":null,"seconds":null,"system":"linux","line":2,"protocol":"tcp","family":"ipv4","state":"ESTABLISHED","local_address":"192.0.2.1","local_port":80,"remote_address":"192.0.2.7","remote_port":null,"recv_q":0,"send_q":7,"pid":20,"process":"b","owners":[{"pid":20,"process":"b","fd":null}],"user":null,"inode":null,"timer_seconds":0.4,"retransmits":3}\n',
      ],
    );
  });
});
