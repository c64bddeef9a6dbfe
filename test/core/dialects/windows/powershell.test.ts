import { strict as assert } from 'node:assert';
import { locate } from '../../../../src/core/reading/locate';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllRead, briefly, classesOf, fieldsOf } from '../../rows';

const TABLE = `
LocalAddress                        LocalPort RemoteAddress                       RemotePort State       AppliedSetting OwningProcess
------------                        --------- -------------                       ---------- -----       -------------- -------------
::                                  443       ::                                  0          Listen                     844
192.0.2.10                          443       198.51.100.7                        50123      CloseWait   Internet       4242
fe80::1%12                          50000     fe80::2%12                          445        Established Internet       4
::                                  50001     ::                                  0          Bound                      5120
`;

describe('PowerShell', () => {
  it('reads a table by its dashes, with empty values and right-aligned numbers', () => {
    const dump = readDump(TABLE);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP LISTEN ::|443 ::|0 844/',
      'TCP CLOSE-WAIT 192.0.2.10|443 198.51.100.7|50123 4242/',
      'TCP ESTABLISHED fe80::1%12|50000 fe80::2%12|445 4/',
      'TCP BOUND ::|50001 ::|0 5120/',
    ]);
    assert.deepEqual(fieldsOf(dump, TABLE, 4), [
      'local=192.0.2.10',
      'localAddress=192.0.2.10',
      'localPort=443',
      'remote=198.51.100.7',
      'remoteAddress=198.51.100.7',
      'remotePort=50123',
      'state=CloseWait',
      'detail=Internet',
      'pid=4242',
    ]);
  });

  it('reads a table whose blanks were lost', () => {
    const dump = readDump(TABLE.replace(/ +/g, ' '));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), briefly(readDump(TABLE)));
  });

  it('reads tables of chosen columns, the protocol from the command', () => {
    const rows = `
LocalAddress LocalPort OwningProcess ProcessName  CreationTime
------------ --------- ------------- -----------  ------------
192.0.2.10   443                4242 nginx        1/1/2026 9:00:00 AM
0.0.0.0      53                    9 dns
`;
    assert.deepEqual(briefly(readDump(rows)), [
      'UDP - 192.0.2.10|443 - 4242/nginx',
      'UDP - 0.0.0.0|53 - 9/dns',
    ]);
    const dump = readDump(`PS C:\\> Get-NetTCPConnection -State Listen | select Local*${rows}`);
    assert.deepEqual([dump.table.socket(0).protocol, dump.table.socket(0).state], ['tcp', null]);
  });

  it('reads Get-NetUDPEndpoint', () => {
    const dump = readDump(
      'LocalAddress                             LocalPort\n' +
        '------------                             ---------\n' +
        '2001:db8::1                              5353\n' +
        '0.0.0.0                                  123\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), ['UDP - 2001:db8::1|5353 -', 'UDP - 0.0.0.0|123 -']);
  });

  it('reads Format-List blocks, of the default view and of all properties', () => {
    const text = `PS C:\\> Get-NetTCPConnection -LocalPort 443 | Format-List


LocalAddress   : 192.0.2.10
LocalPort      : 443
RemoteAddress  : 198.51.100.7
RemotePort     : 50123
State          : CloseWait
AppliedSetting : Internet
OwningProcess  : 4242
CreationTime   : 1/1/2026 9:00:00 AM
OffloadState   : InHost

LocalAddress   : ::
LocalPort      : 443
RemoteAddress  : ::
RemotePort     : 0
State          : Listen
AppliedSetting :
OwningProcess  : 4

State                 : TimeWait
Caption               :
InstanceID            : 192.0.2.10++443++198.51.100.8++50124
CimInstanceProperties : {Caption, Description,
                        ElementName...}
LocalAddress          : 192.0.2.10
LocalPort             : 443
OwningProcess         : 0
RemoteAddress         : 198.51.100.8
RemotePort            : 50124

Name : value
That : is no socket
`;
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP CLOSE-WAIT 192.0.2.10|443 198.51.100.7|50123 4242/',
      'TCP LISTEN ::|443 ::|0 4/',
      'TCP TIME-WAIT 192.0.2.10|443 198.51.100.8|50124 0/',
    ]);
    assert.deepEqual(dump.lines, {
      total: 34,
      socket: 3,
      continuation: 23,
      header: 0,
      blank: 5,
      text: 3,
      unrecognized: 0,
      counter: 0,
      interface: 0,
      route: 0,
    });
    assert.deepEqual(fieldsOf(dump, text, 7), ['state=CloseWait']);
    assert.deepEqual(fieldsOf(dump, text, 25), []);
    assert.deepEqual(fieldsOf(dump, text, 26), ['local=192.0.2.10', 'localAddress=192.0.2.10']);
  });

  it('reads CSV with and without quotes and type line, with any separator', () => {
    const names = 'LocalAddress,LocalPort,RemoteAddress,RemotePort,State,OwningProcess,Note';
    const quoted =
      '#TYPE Selected.Microsoft.Management.Infrastructure.CimInstance\n' +
      `"${names.replace(/,/g, '","')}"\n` +
      '"192.0.2.10","443","198.51.100.7","50123","CloseWait","4242","a ""b"", c"\n' +
      '"::","443","::","0","Listen","",""\n';
    const expected = [
      'TCP CLOSE-WAIT 192.0.2.10|443 198.51.100.7|50123 4242/',
      'TCP LISTEN ::|443 ::|0',
    ];
    const dump = readDump(quoted);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), expected);
    assert.equal(dump.lines.header, 2);
    const bare = `${names}\n192.0.2.10,443,198.51.100.7,50123,CloseWait,4242,x\n::,443,::,0,Listen,,\n`;
    for (const separator of [',', ';', '\t']) {
      assert.deepEqual(briefly(readDump(bare.replace(/,/g, separator))), expected, separator);
    }
  });

  it('leaves lines of CSV with too few or too many values alone', () => {
    const dump = readDump(
      '"LocalAddress","LocalPort","State"\n"192.0.2.10","443"\n"192.0.2.10","443","Listen\n"192.0.2.10"x,"443","Listen"\n',
    );
    assert.equal(dump.table.length, 0);
    assert.equal(dump.lines.total, 4);
  });

  it('reads JSON, with numbers for states and both forms of dates', () => {
    const text = `[
  {
    "LocalAddress": "192.0.2.10", "LocalPort": 443, "RemoteAddress": "198.51.100.7",
    "RemotePort": 50123, "State": 8, "OwningProcess": 4242,
    "CreationTime": "\\/Date(1767225600000)\\/", "CimClass": { "CimClassName": "x" }
  },
  { "LocalAddress": "::", "LocalPort": 443, "State": "Listen", "OwningProcess": 4,
    "ProcessName": "it\\u0027s", "CreationTime": "2026-01-01T01:00:00.1234567+01:00" },
  { "LocalAddress": "::", "LocalPort": 53, "OwningProcess": 5 }
]
`;
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP CLOSE-WAIT 192.0.2.10|443 198.51.100.7|50123 4242/',
      "TCP LISTEN ::|443 - 4/it's",
      'UDP - ::|53 - 5/',
    ]);
    assert.deepEqual(
      [0, 1, 2].map(i => dump.table.socket(i).created),
      [1767225600, 1767225600, null],
    );
    assert.equal(classesOf(dump), 'TSCCCCSCST');
    assert.deepEqual(fieldsOf(dump, text, 3), ['remotePort=50123', 'state=8', 'pid=4242']);
  });

  it('reads every number of a state', () => {
    const states = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 100, 99].map(state => {
      const dump = readDump(
        `{"LocalAddress":"192.0.2.1","LocalPort":1,"RemoteAddress":"192.0.2.2","RemotePort":2,"State":${state}}`,
      );
      return dump.table.socket(0).state;
    });
    assert.deepEqual(states, [
      'CLOSED',
      'LISTEN',
      'SYN-SENT',
      'SYN-RECEIVED',
      'ESTABLISHED',
      'FIN-WAIT-1',
      'FIN-WAIT-2',
      'CLOSE-WAIT',
      'CLOSING',
      'LAST-ACK',
      'TIME-WAIT',
      'DELETE-TCB',
      'BOUND',
      null,
    ]);
  });

  it('finds the socket at a character where a line holds many', () => {
    const one = (port: number): string =>
      `{"LocalAddress":"192.0.2.1","LocalPort":${port},"State":2}`;
    const text = `[${one(1)},${one(2)},${one(3)}]`;
    const dump = readDump(text);
    assert.equal(dump.lines.socket, 1);
    const at = (character: number): number | null => locate(dump, 0, text, character).socket;
    assert.deepEqual(
      [0, text.indexOf('"LocalPort":1'), text.indexOf('"LocalPort":2'), text.length].map(at),
      [0, 0, 1, 2],
    );
    const ports = locate(dump, 0, text, text.indexOf('"LocalPort":2')).fields.map(f =>
      text.slice(f.start, f.end),
    );
    assert.deepEqual(ports, ['192.0.2.1', '192.0.2.1', '2', '2']);
  });

  it('takes a second array for another moment', () => {
    const json = '[{"LocalAddress":"192.0.2.1","LocalPort":1,"State":2}]\n';
    assert.equal(
      readDump(json + json.replace('"LocalPort":1', '"LocalPort":2')).snapshots.length,
      2,
    );
    // The very same is no other moment.
    assert.equal(readDump(json + json).snapshots.length, 1);
  });
});

describePublic('published PowerShell output', () => {
  const expected: [string, number, string][] = [
    ['windows/Get-NetTCPConnection-bound.txt', 3, 'BOUND'],
    ['windows/Get-NetTCPConnection-table-PID-established-wazuh.txt', 1, 'ESTABLISHED'],
    ['windows/Get-NetTCPConnection-table-PID.txt', 2, 'LISTEN'],
    ['windows/Get-NetTCPConnection-table-noPID.txt', 3, 'ESTABLISHED'],
    ['misc/powershell-export-csv.txt', 1, 'ESTABLISHED'],
  ];
  for (const [name, sockets, state] of expected) {
    it(name, () => {
      const text = publicText(name);
      const dump = readDump(text);
      assertAllRead(dump);
      assert.equal(dump.table.length, sockets);
      const last = dump.table.socket(sockets - 1);
      assert.equal(last.state, state);
      assert.equal(last.owners.length, text.includes('OwningProcess') ? 1 : 0);
      assert.ok(last.remote !== null && last.local.port !== null);
    });
  }
});
