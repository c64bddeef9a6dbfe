import assert from 'node:assert/strict';

import { analyze } from '../../../../src/core/analysis/analyze';
import { readDump } from '../../../../src/core/reading/reader';
import { csvReport, csvRows } from '../../../../src/core/report/data/csv';

const DUMP = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        1      0 192.0.2.1:9443          192.0.2.7:51044         CLOSE_WAIT  4321/orders, "api"
tcp        0      0 192.0.2.1:9443          192.0.2.8:https         ESTABLISHED 77/=1+1
udp        0      0 0.0.0.0:53              0.0.0.0:*                           -
`;

describe('CSV', () => {
  const analysis = analyze(readDump(DUMP));

  it('has a line for each socket', () => {
    const lines = [...csvReport([{ source: 'a.netstat', analysis }])].join('').split('\r\n');
    assert.equal(
      lines[0],
      'source,snapshot,time,line,protocol,family,state,local_address,local_port,remote_address,remote_port,recv_q,send_q,pid,process,user,inode',
    );
    assert.equal(
      lines[1],
      'a.netstat,1,,2,tcp,ipv4,CLOSE-WAIT,192.0.2.1,9443,192.0.2.7,51044,1,0,4321,"orders, ""api""",,',
    );
    assert.equal(lines.length, 5);
  });

  it('keeps a spreadsheet from running a name', () => {
    const [, row = ''] = csvRows('a', analysis.dump, [1]);
    assert.match(row, /,https,0,0,77,'=1\+1,/);
  });

  it('does so with full-width characters, and behind a semicolon', () => {
    const named = (name: string): string => {
      const dump = readDump(DUMP.replace('=1+1', name));
      return [...csvRows('a', dump, [1])][1] ?? '';
    };
    for (const [name, cell] of [
      ['＝1+1', ",'＝1+1,"],
      ['＠a', ",'＠a,"],
      ['a;=1+1', ',"\'a;=1+1",'],
      ['a; -1', ',"\'a; -1",'],
      ['a=1', ',a=1,'],
      ['a;b', ',"a;b",'],
    ] as const) {
      assert.ok(named(name).includes(cell), named(name));
    }
  });
});
